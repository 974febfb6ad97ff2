package io.rewarddance.driver.engine;

import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.local.LocalLauncher;
import io.rewarddance.driver.local.Workspace;
import io.rewarddance.driver.publish.PolicyStore;
import io.rewarddance.driver.publish.Publisher;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.driver.publish.VersionDirectories;
import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.proto.local.LocalStackSettings;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The embedded services of a run, with the run's own files. */
final class Locals {
  private final RunConfig config;
  private final RunDirectory directory;

  Locals(RunConfig config, RunDirectory directory) {
    this.config = config;
    this.directory = directory;
  }

  /**
   * Starts what the configuration wants embedded; empty when that is nothing.
   *
   * @param current the policy that must be live, when the run has one already
   */
  Optional<LocalServices> start(Optional<PolicyRef> current) throws IOException {
    boolean serves = config.triton().embedded();
    boolean trains = config.training().embedded();
    if (!serves && !trains) {
      return Optional.empty();
    }
    Path source =
        config
            .triton()
            .repository()
            .orElseThrow(
                () -> new IOException("triton.repository: absent (expected with 'embedded')"));
    Path initial =
        Workspace.copyInitialPolicy(
            source.resolve(config.triton().generator()), directory.initialPolicy());
    if (serves) {
      Workspace.copyModels(source, directory.repository(), models());
      keepInitialWeights(initial);
      if (current.isPresent()) {
        Publisher.arrange(
            versions().orElseThrow(), policies(), current.get(), Locals::cannotDownload);
      }
    }
    return Optional.of(
        LocalLauncher.start(
            new LocalStackSettings(
                serves
                    ? Optional.of(new LocalStackSettings.Inference(directory.repository(), 0))
                    : Optional.empty(),
                trains
                    ? Optional.of(new LocalStackSettings.Training(directory.backend(), initial, 0))
                    : Optional.empty(),
                config.effectiveThreads())));
  }

  private Set<String> models() {
    Set<String> models = new TreeSet<>();
    models.add(config.triton().generator());
    config.judges().stream().map(JudgeConfig::model).forEach(models::add);
    config.triton().oracle().ifPresent(models::add);
    return models;
  }

  /** The first policy belongs among the policies too; later ones are put there as they come. */
  private void keepInitialWeights(Path initial) throws IOException {
    Path weights = policies().weights(Long.parseLong(initial.getFileName().toString()));
    if (!Files.exists(weights)) {
      Files.createDirectories(weights.getParent());
      Trees.linkOrCopy(initial.resolve(PolicyStore.WEIGHTS), weights);
    }
  }

  private static void cannotDownload(PolicyRef policy, Path target) {
    throw new IllegalStateException("weights of " + policy + " are missing: " + target);
  }

  PolicyStore policies() {
    return new PolicyStore(directory.policies());
  }

  /** Where publishing makes version directories; empty when it makes none. */
  Optional<VersionDirectories> versions() {
    return switch (config.publish().method()) {
      case NONE -> Optional.empty();
      case LOAD ->
          Optional.of(
              new VersionDirectories(
                  (config.triton().embedded()
                          ? directory.repository()
                          : config.publish().directory().orElseThrow())
                      .resolve(config.triton().generator())));
    };
  }

  /** sha-256 of a model's newest weights, where its files are in reach; else empty. */
  String weightsDigest(String model) {
    Optional<Path> repository =
        config.triton().embedded()
            ? Optional.of(directory.repository())
            : config.triton().repository();
    if (repository.isEmpty()) {
      return "";
    }
    try {
      VersionDirectories versions = new VersionDirectories(repository.get().resolve(model));
      Path weights = versions.directory(versions.versions().last()).resolve(PolicyStore.WEIGHTS);
      return Files.exists(weights) ? Sha256.of(weights) : "";
    } catch (IOException | java.util.NoSuchElementException e) {
      return "";
    }
  }
}
