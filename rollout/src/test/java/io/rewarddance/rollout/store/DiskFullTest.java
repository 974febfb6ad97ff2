package io.rewarddance.rollout.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rewarddance.rollout.Examples;
import io.rewarddance.rollout.TrainingBatch;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullTest {
  private static final Examples.Shape LARGE =
      new Examples.Shape(4, 4, 128, 128, new int[] {16}, 3, 0);

  @TempDir Path directory;

  /** A real small file system, where the test may mount one. */
  @Test
  void aFullDiskIsTypedAndLeavesNothingBehind() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", directory.toString()),
        "skipped: this test mounts a small tmpfs, which needs root on Linux");
    try {
      TrainingBatch small = Examples.batch(Examples.CLEAN, 1);
      RolloutWriter.write(directory, small);
      long free = Files.getFileStore(directory).getUsableSpace();
      assertThatThrownBy(() -> RolloutWriter.write(directory, Examples.batch(LARGE, 2)))
          .isInstanceOf(StoreFullException.class)
          .hasMessageContaining("disk full");
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files).hasSize(1);
      }
      assertThat(Files.getFileStore(directory).getUsableSpace()).isEqualTo(free);
      RolloutFile kept =
          RolloutReader.read(directory.resolve(RolloutFormat.fileName(small.iteration())));
      assertThat(kept.toBatch()).isEqualTo(small);
    } finally {
      // Lazily: jHDF's channel to the deleted file stays open until it is garbage.
      assertThat(run("umount", "-l", directory.toString())).isTrue();
    }
  }

  /** The kernel's own full device: needs no rights. */
  @Test
  void theKernelsFullDeviceIsRecognised() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "skipped: no /dev/full on this system");
    TrainingBatch batch = Examples.batch(LARGE, 2);
    RolloutHeader header = RolloutHeader.of(batch);
    Hdf5Encoder encoder = new Hdf5Encoder(header, Columns.of(batch), Map.of());
    assertThatThrownBy(() -> encoder.write(full, header, RolloutFormat.VERSION))
        .isInstanceOfSatisfying(
            RuntimeException.class,
            failure ->
                assertThat(Disk.classed(full, failure)).isInstanceOf(StoreFullException.class));
  }

  @Test
  void aDirectoryThatCannotBeMadeIsAFailureOfAnotherKind() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> RolloutWriter.write(file, Examples.batch(Examples.CLEAN, 1)))
        .isInstanceOf(StoreFailedException.class)
        .hasCauseInstanceOf(FileAlreadyExistsException.class);
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // no such command: not a system this test can use
    }
  }
}
