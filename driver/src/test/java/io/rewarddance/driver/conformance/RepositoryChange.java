package io.rewarddance.driver.conformance;

import io.rewarddance.driver.publish.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** A step that changes files: {@code copy}, {@code remove} or {@code write}. */
final class RepositoryChange {
  private RepositoryChange() {}

  static void apply(Path repository, JsonNode change) {
    try {
      if (change.has("copy")) {
        // New files have the time of now, without which Triton wouldn't see a change.
        Trees.copy(
            repository.resolve(change.get("copy").get(0).asString()),
            repository.resolve(change.get("copy").get(1).asString()));
      } else if (change.has("remove")) {
        remove(repository.resolve(change.get("remove").asString()));
      } else {
        Path file = repository.resolve(change.get("write").get(0).asString());
        Files.createDirectories(file.getParent());
        Files.writeString(file, change.get("write").get(1).asString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      Trees.delete(path);
    } else {
      Files.delete(path);
    }
  }
}
