package io.rewarddance.driver.paper.cells;

import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Digests of files and directories, each looked at once in a sitting. */
final class Fingerprints {
  private final Map<Path, String> known = new ConcurrentHashMap<>();

  /** Of a file's bytes, or of the names and bytes of all files in a directory. */
  String of(Path path) throws IOException {
    String digest = known.get(path);
    if (digest == null) {
      digest = Files.isDirectory(path) ? directory(path) : Sha256.of(path);
      known.put(path, digest);
    }
    return digest;
  }

  private static String directory(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    StringBuilder all = new StringBuilder();
    for (Path file : files) {
      String name = directory.relativize(file).toString().replace('\\', '/');
      all.append(name).append(' ').append(Sha256.of(file)).append('\n');
    }
    return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
  }
}
