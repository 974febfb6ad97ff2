package io.rewarddance.embedded.server.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * When a model's files last changed, as Triton sees it: a model is modified when its newest time is
 * later than the newest of its last load. A copy that keeps old times is therefore not seen, here
 * as there.
 *
 * @param nanosByEntry newest modification time under each entry of the model directory; under ""
 *     that of the directory itself
 */
public record ModelTimestamps(Map<String, Long> nanosByEntry) {
  private static final String DIRECTORY = "";

  public ModelTimestamps {
    nanosByEntry = Map.copyOf(nanosByEntry);
  }

  public static ModelTimestamps of(Path modelDirectory) throws IOException {
    Map<String, Long> times = new TreeMap<>();
    times.put(DIRECTORY, nanos(modelDirectory));
    try (Stream<Path> entries = Files.list(modelDirectory)) {
      for (Path entry : entries.toList()) {
        times.put(entry.getFileName().toString(), newest(entry));
      }
    }
    return new ModelTimestamps(times);
  }

  private static long newest(Path entry) throws IOException {
    long newest = 0;
    try (Stream<Path> tree = Files.walk(entry)) {
      for (Path path : tree.toList()) {
        newest = Math.max(newest, nanos(path));
      }
    }
    return newest;
  }

  private static long nanos(Path path) throws IOException {
    try {
      return Files.getLastModifiedTime(path).to(TimeUnit.NANOSECONDS);
    } catch (NoSuchFileException e) {
      return 0; // deleted while we looked
    }
  }

  public boolean isModifiedBy(ModelTimestamps later) {
    return later.newest() > newest();
  }

  /**
   * Whether a version's directory, or a file that all versions share, is newer in {@code later}.
   */
  public boolean isVersionModifiedBy(ModelTimestamps later, long version) {
    return later.newestFor(version) > newestFor(version);
  }

  private long newest() {
    return nanosByEntry.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private long newestFor(long version) {
    long own = nanosByEntry.getOrDefault(Long.toString(version), 0L);
    long shared =
        nanosByEntry.entrySet().stream()
            .filter(entry -> isShared(entry.getKey()))
            .mapToLong(Map.Entry::getValue)
            .max()
            .orElse(0);
    return Math.max(own, shared);
  }

  private static boolean isShared(String entry) {
    boolean isVersionOrDirectory = entry.chars().allMatch(Character::isDigit);
    return !isVersionOrDirectory && !entry.equals(ConfigReader.FILE_NAME);
  }
}
