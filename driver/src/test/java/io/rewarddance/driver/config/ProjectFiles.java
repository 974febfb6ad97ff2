package io.rewarddance.driver.config;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A small project on disk with an experiment that is right, to be spoilt by tests. */
final class ProjectFiles {
  static final String GOOD =
      """
      run: small
      triton:
        oracle: shapes_oracle
      judges:
        - model: shapes_judge
          name: match
      prompts:
        train: prompts/train.jsonl
        held_out: prompts/held-out.jsonl
      rollouts:
        iterations: 90
      """;

  final Path root;

  ProjectFiles(Path root) {
    this.root = root;
    for (String model : new String[] {"shapes_generator", "shapes_judge", "shapes_oracle"}) {
      write("triton-models/repository/" + model + "/config.pbtxt", "");
    }
    write("prompts/train.jsonl", "{}");
    write("prompts/held-out.jsonl", "{}");
  }

  Path experiment(String text) {
    return write("experiments/test.yaml", text);
  }

  /** What loading is refused with, with paths as seen from the root. */
  String complaint(ThrowingCallable loading) {
    return assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(loading)
        .actual()
        .getMessage()
        .replace(root + "/", "");
  }

  Path write(String name, String text) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
