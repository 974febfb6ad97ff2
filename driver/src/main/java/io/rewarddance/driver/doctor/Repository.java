package io.rewarddance.driver.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a Triton model repository is there and its files can be read. */
final class Repository {
  private static final String ADVICE = "restore it from the project's history";

  private Repository() {}

  static Finding look(Path repository) {
    try (Stream<Path> entries = Files.list(repository)) {
      List<Path> models = entries.filter(Files::isDirectory).sorted().toList();
      for (Path model : models) {
        OptionalLong version = latest(model);
        if (!Files.isReadable(model.resolve("config.pbtxt")) || version.isEmpty()) {
          return Finding.problem(
              "models", model + " has no config.pbtxt or no version directory", ADVICE);
        }
        readable(model.resolve(String.valueOf(version.getAsLong())));
      }
      return models.isEmpty()
          ? Finding.problem("models", repository + " is empty", ADVICE)
          : Finding.ok(
              "models",
              models.stream()
                  .map(m -> m.getFileName().toString())
                  .collect(Collectors.joining(", ")));
    } catch (IOException e) {
      return Finding.problem("models", repository + " can't be read: " + e, ADVICE);
    }
  }

  /** The highest version directory of a model. */
  static OptionalLong latest(Path model) throws IOException {
    try (Stream<Path> entries = Files.list(model)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("[1-9][0-9]{0,17}"))
          .mapToLong(Long::parseLong)
          .max();
    }
  }

  private static void readable(Path version) throws IOException {
    try (Stream<Path> files = Files.list(version)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!Files.isReadable(file) || Files.size(file) == 0) {
          throw new IOException(file + " is empty or can't be read");
        }
      }
    }
  }
}
