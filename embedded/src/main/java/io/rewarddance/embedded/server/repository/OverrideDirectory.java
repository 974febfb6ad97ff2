package io.rewarddance.embedded.server.repository;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A temporary model directory that holds the files of a load request, and nothing else. */
final class OverrideDirectory {
  private OverrideDirectory() {}

  static Path create(Path parent, String model, Map<String, ByteString> files) throws IOException {
    Path directory = Files.createTempDirectory(parent, model + "-");
    for (Map.Entry<String, ByteString> file : files.entrySet()) {
      Path target = directory.resolve(file.getKey()).normalize();
      if (!target.startsWith(directory) || target.equals(directory)) {
        throw new IOException(
            "Invalid file parameter 'file:%s' with normalized path '%s' must stay within model directory."
                .formatted(file.getKey(), directory.relativize(target)));
      }
      Files.createDirectories(target.getParent());
      try (OutputStream out = Files.newOutputStream(target)) {
        file.getValue().writeTo(out);
      }
    }
    return directory;
  }

  static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(directory)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
