package io.rewarddance.driver.update;

import io.rewarddance.driver.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Which files this process holds open, where the system tells (Linux). */
final class OpenFiles {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private OpenFiles() {}

  /** Waits until no file of a directory is open: closing is asynchronous. */
  static void awaitNone(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (Files.isDirectory(DESCRIPTORS)) {
      Await.until("no file in " + real + " is open", () -> !anyIn(real));
    }
  }

  private static boolean anyIn(Path directory) throws IOException {
    try (Stream<Path> links = Files.list(DESCRIPTORS)) {
      return links.anyMatch(link -> leadsInto(directory, link));
    }
  }

  private static boolean leadsInto(Path directory, Path link) {
    try {
      return Files.readSymbolicLink(link).startsWith(directory);
    } catch (IOException gone) {
      return false;
    }
  }
}
