package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.config.PreferencesConfig;
import io.rewarddance.driver.config.PreferencesConfig.Source;
import io.rewarddance.driver.publish.ModelText;
import io.rewarddance.driver.publish.PolicyStore;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.driver.publish.VersionDirectories;
import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Sources with weights of their own, as models beside the one that they were trained from: nothing
 * that is live is touched, and all of them can be asked at once.
 */
final class SourceModels {
  private SourceModels() {}

  /** The model that a source asks. */
  static String name(PreferencesConfig config, Source source) {
    return source.weights().isEmpty()
        ? source.model()
        : source.model() + "-" + config.name() + "-" + source.name();
  }

  /**
   * Makes the model of a source with weights; replaces what a killed job left of it.
   *
   * @param repository that holds the source's model and gets the new one
   */
  static void install(Path repository, PreferencesConfig config, Source source) throws IOException {
    Path template = repository.resolve(source.model());
    Path target = repository.resolve(name(config, source));
    Path building = repository.resolve("." + name(config, source) + ".tmp");
    Trees.delete(building);
    if (!Files.isDirectory(template)) {
      throw new IOException(
          "publish.directory: %s has no model '%s' (expected: the repository that the servers read)"
              .formatted(repository, source.model()));
    }
    VersionDirectories versions = new VersionDirectories(template);
    if (versions.versions().isEmpty()) {
      throw new IOException(template + ": no version directory (expected: at least one)");
    }
    Path newest = versions.directory(versions.versions().last());
    Path version = building.resolve(newest.getFileName().toString());
    Files.createDirectories(building);
    Trees.copy(newest, version);
    Path weights = version.resolve(PolicyStore.WEIGHTS);
    Files.delete(weights);
    Files.copy(source.weights().orElseThrow(), weights);
    String text = ModelText.renamed(ModelText.read(template), name(config, source), Map.of());
    Files.writeString(building.resolve(ModelText.FILE), text);
    Trees.delete(target);
    Durable.move(building, target);
  }
}
