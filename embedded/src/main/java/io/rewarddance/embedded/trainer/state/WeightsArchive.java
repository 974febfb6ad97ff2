package io.rewarddance.embedded.trainer.state;

import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory with the weights files that a judge's updates gave, {@code step-NUMBER.safetensors}.
 */
public final class WeightsArchive {
  private static final String TEMPORARY = "step.tmp";

  private final Path directory;
  private final Disk disk;

  /**
   * @param directory exists already
   */
  public WeightsArchive(Path directory, Disk disk) {
    this.directory = directory;
    this.disk = disk;
  }

  /** Makes a file durable, replacing what an update that wasn't finished may have left. */
  public void save(int step, byte[] file) throws IOException {
    Path temporary = directory.resolve(TEMPORARY);
    disk.write(temporary, file);
    disk.sync(temporary);
    disk.rename(temporary, path(step));
    disk.syncDirectory(directory);
  }

  /**
   * The file of an update, if it is there.
   *
   * @throws IOException when its digest isn't the expected one
   */
  public Optional<byte[]> read(int step, String sha256) throws IOException {
    if (!Files.exists(path(step))) {
      return Optional.empty();
    }
    byte[] file = disk.read(path(step));
    String found = Sha256.of(file);
    if (!found.equals(sha256)) {
      throw new IOException(
          path(step) + ": sha-256 " + found + " (expected: " + sha256 + "): damaged");
    }
    return Optional.of(file);
  }

  private Path path(int step) {
    return directory.resolve("step-%09d.safetensors".formatted(step));
  }
}
