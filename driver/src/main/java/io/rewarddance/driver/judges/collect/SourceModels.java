package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.config.PreferencesConfig;
import io.rewarddance.driver.config.PreferencesConfig.Source;
import io.rewarddance.driver.publish.PolicyStore;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.driver.publish.VersionDirectories;
import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sources with weights of their own, as models beside the one that they were trained from: nothing
 * that is live is touched, and all of them can be asked at once.
 */
final class SourceModels {
  private static final String CONFIGURATION = "config.pbtxt";
  private static final Pattern NAME = Pattern.compile("(?m)^\\s*name\\s*:\\s*\"[^\"]*\"");

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
    String text = Files.readString(template.resolve(CONFIGURATION));
    String renamed = renamed(text, name(config, source));
    Files.writeString(building.resolve(CONFIGURATION), renamed, StandardCharsets.UTF_8);
    Trees.delete(target);
    Durable.move(building, target);
  }

  private static String renamed(String text, String name) {
    String line = "name: \"" + name + "\"";
    Matcher matcher = NAME.matcher(text);
    // The first "name" at the start of a line is the model's; tensors' names are inside braces.
    return matcher.find()
        ? matcher.replaceFirst(Matcher.quoteReplacement(line))
        : line + "\n" + text;
  }
}
