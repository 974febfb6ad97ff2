package io.rewarddance.driver.judges.train;

import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.publish.ModelText;
import io.rewarddance.driver.publish.PolicyStore;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The trained judge as a Triton model: the base's directory with other weights, and parameters that
 * say where it comes from. A regressive judge's graph answers under the name of the pointwise one,
 * so that servers need not know of it.
 */
final class JudgeModel {
  private static final String JOB = "judge_job";
  private static final String REGRESSIVE = "regressive";
  private static final String POINTWISE = "pointwise";
  private static final String PAIRWISE = "pairwise";
  private static final String REASONS = "_reasons";
  private static final String GRADIENT = "_gradient";

  private final JudgeTrainingConfig config;
  private final JudgeInputs inputs;
  private final String identity;

  /**
   * @param identity of the job
   */
  JudgeModel(JudgeTrainingConfig config, JudgeInputs inputs, String identity) {
    this.config = config;
    this.inputs = inputs;
    this.identity = identity;
  }

  /** Where the model goes. */
  Path directory() {
    return config.publish().repository().resolve(config.publish().model());
  }

  /**
   * Before anything is trained: the place is free, or ours.
   *
   * @throws JobException when it isn't
   */
  void requirePlace() throws JobException {
    Path model = directory();
    if (Files.exists(model) && !config.publish().replace() && !isOurs()) {
      throw JobException.refused(
          "publish.model: %s is there already (expected: another name, or publish.replace: true)"
              .formatted(model));
    }
  }

  /** Whether the model there was made by this job. */
  boolean isOurs() {
    try {
      return isOurs(ModelText.read(directory()));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a model, on disk or as a server says, was made by this job. */
  boolean isOurs(ModelConfig model) {
    return ModelText.parameter(model, JOB).equals(Optional.of(identity));
  }

  /** Makes the model. One that it replaces is kept aside until {@link #confirm}. */
  void publish(Path weights, String card) throws IOException {
    Path target = directory();
    Path building = target.resolveSibling("." + target.getFileName() + ".tmp");
    Trees.delete(building);
    Path version = building.resolve("1");
    Files.createDirectories(version);
    try (Stream<Path> files = Files.list(inputs.version())) {
      for (Path file : files.sorted().toList()) {
        copy(file, version);
      }
    }
    Files.copy(weights, version.resolve(PolicyStore.WEIGHTS), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(building.resolve(ModelText.FILE), text(version));
    Files.writeString(building.resolve("card.md"), card);
    try (Stream<Path> files = Files.walk(building)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Durable.forceFile(file);
      }
    }
    Durable.forceDirectory(version);
    Durable.forceDirectory(building);
    if (isOurs()) {
      Trees.delete(target);
    } else if (Files.exists(target)) {
      Trees.delete(replaced());
      Durable.move(target, replaced());
    }
    Durable.move(building, target);
  }

  /** An output that no graph of the version computes isn't the model's. */
  private String text(Path version) throws IOException {
    ModelConfig base = ModelText.read(config.base());
    try (Stream<Path> files = Files.list(version)) {
      if (files.noneMatch(file -> file.toString().endsWith(GRADIENT + ".onnx"))) {
        base = ModelText.without(base, "image_gradient");
      }
    }
    return ModelText.renamed(base, config.publish().model(), parameters());
  }

  /** Where the model lies that had the name before. */
  private Path replaced() {
    return directory().resolveSibling("." + directory().getFileName() + ".replaced");
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("recipe", config.update().recipe());
    parameters.put("reasons", config.update().reasons());
    parameters.put("base", config.base().getFileName().toString());
    parameters.put("base_digest", inputs.baseDigest());
    parameters.put("preference_file_digest", inputs.digests().get(config.preferences()));
    parameters.put(JOB, identity);
    return parameters;
  }

  private void copy(Path file, Path version) throws IOException {
    String name = file.getFileName().toString();
    boolean regressive = config.update().recipe().equals("pointwise-regressive");
    if (Files.isDirectory(file)) {
      // A server's Python leaves its own behind.
      if (!name.equals("__pycache__")) {
        Trees.copy(file, version.resolve(name));
      }
      return;
    }
    boolean displaced = regressive ? name.startsWith(POINTWISE) : name.startsWith(REGRESSIVE);
    if (isUntaught(name) || displaced || name.equals(PolicyStore.WEIGHTS)) {
      return;
    }
    String as =
        name.startsWith(REGRESSIVE) ? POINTWISE + name.substring(REGRESSIVE.length()) : name;
    Files.copy(file, version.resolve(as));
  }

  /**
   * What nobody taught would be the answer of a network that has changed under it: reasons where
   * there are none, and a decision at once where reasons come first. Servers that don't know of
   * reasons before the decision so find nothing to ask, instead of something else.
   */
  private boolean isUntaught(String file) {
    boolean speaks = file.contains(REASONS);
    boolean asked = file.startsWith(POINTWISE) || file.startsWith(PAIRWISE);
    return switch (config.update().reasons()) {
      case "none" -> speaks;
      case "reasons-first" -> asked && !speaks;
      default -> file.contains(REASONS + GRADIENT);
    };
  }

  /** It is proven: what it replaced goes. */
  void confirm() throws IOException {
    Trees.delete(replaced());
  }

  /**
   * Takes it out of the repository; what it had replaced is back there. Does nothing twice.
   *
   * @return whether there is a model of that name now
   */
  boolean withdraw() throws IOException {
    if (isOurs()) {
      Trees.delete(directory());
      if (Files.exists(replaced())) {
        Durable.move(replaced(), directory());
        // Files as old as they were would be no change to a server that has loaded newer ones.
        FileTime now = FileTime.from(Instant.now());
        Files.setLastModifiedTime(directory().resolve(ModelText.FILE), now);
      }
    }
    return Files.exists(directory());
  }
}
