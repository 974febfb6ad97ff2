package io.rewarddance.embedded.testing;

import io.rewarddance.proto.triton.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The conformance suite's judge that gives its reason before it decides; made from a base. */
public final class ReasonsFirst {
  private ReasonsFirst() {}

  public static ModelConfig config() {
    return Repository.config(model());
  }

  /** The directory of its version. */
  public static Path version() {
    return model().resolve("1");
  }

  /** A copy of the version's files, to be spoilt. */
  public static Path copyVersion(Path target) throws IOException {
    Files.createDirectories(target);
    try (var files = Files.list(version())) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return target;
  }

  /** Its configuration with other words for its answers, in a model's directory. */
  public static void writeConfig(Path directory, String yes, String no) throws IOException {
    String value = "string_value: \"%s\"";
    String text = Files.readString(model().resolve("config.pbtxt"));
    Files.writeString(
        directory.resolve("config.pbtxt"),
        text.replace(value.formatted("yes"), value.formatted(yes))
            .replace(value.formatted("no"), value.formatted(no)));
  }

  private static Path model() {
    Path models = Path.of(System.getProperty("rewarddance.root"), "triton-models");
    return models.resolve("conformance/models/shapes_judge_reasons_first");
  }
}
