package io.rewarddance.rollout.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.rewarddance.rollout.Examples;
import io.rewarddance.rollout.TrainingBatch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file is a named error, never data. */
class DamageTest {
  private final TrainingBatch batch = Examples.batch(Examples.CLEAN, 7);

  @TempDir Path directory;
  private StoredRollouts stored;

  @BeforeEach
  void write() throws IOException {
    stored = RolloutWriter.write(directory, batch);
  }

  @Test
  void noFlippedByteAnywhereGoesUnnoticed() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(stored.path().toFile(), "rw")) {
      for (long at = 0; at < stored.bytes(); at++) {
        flip(file, at, 1 << at % 8);
        assertThatThrownBy(() -> RolloutReader.read(stored.path()))
            .as("byte %d", at)
            .isInstanceOfAny(
                RolloutFileCorruptException.class,
                RolloutFileForeignException.class,
                RolloutFileTruncatedException.class);
        flip(file, at, 1 << at % 8);
      }
    }
    assertThat(RolloutReader.read(stored.path()).toBatch()).isEqualTo(batch);
  }

  @Test
  void aFileCutAtAnyLengthIsTruncated() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(stored.path().toFile(), "rw")) {
      for (long length = stored.bytes() - 1; length >= 0; length--) {
        file.setLength(length);
        assertThatThrownBy(() -> RolloutReader.read(stored.path()))
            .as("%d bytes", length)
            .isInstanceOf(RolloutFileTruncatedException.class)
            .hasMessageContaining(length + " bytes");
      }
    }
  }

  @Test
  void aFileThatGrewIsRefused() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(stored.path().toFile(), "rw")) {
      file.seek(stored.bytes());
      file.write(new byte[100]);
    }
    assertThatThrownBy(() -> RolloutReader.read(stored.path()))
        .isInstanceOf(RolloutFileCorruptException.class);
  }

  @Test
  void twoSoundFilesSplicedAreRefused() throws IOException {
    Path other =
        RolloutWriter.write(directory.resolve("other"), Examples.batch(Examples.CLEAN, 8)).path();
    byte[] head = Files.readAllBytes(stored.path());
    byte[] tail = Files.readAllBytes(other);
    System.arraycopy(tail, tail.length - 64, head, head.length - 64, 64);
    Files.write(stored.path(), head);
    assertThatThrownBy(() -> RolloutReader.read(stored.path()))
        .isInstanceOf(RolloutFileCorruptException.class);
  }

  @Test
  void anotherVersionIsNamed() throws IOException {
    StoredRollouts newer = RolloutWriter.write(directory.resolve("newer"), batch, 3);
    assertThatThrownBy(() -> RolloutReader.read(newer.path()))
        .isInstanceOf(RolloutFileVersionException.class)
        .hasMessage(newer.path() + ": format_version: 3 (expected: 1 to 2)");
  }

  @Test
  void theVersionBeforeIsStillRead() throws IOException {
    StoredRollouts older = RolloutWriter.write(directory.resolve("older"), batch, 1);
    assertThat(RolloutReader.read(older.path()).toBatch()).isEqualTo(batch);
  }

  @Test
  void aSoundFileThatIsNotTheExpectedOneIsAMismatch() {
    assertThatThrownBy(() -> RolloutReader.read(stored.path(), "0".repeat(64)))
        .isInstanceOf(RolloutFileMismatchException.class)
        .hasMessageContaining(stored.sha256())
        .hasMessageContaining("expected: 000000");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> RolloutReader.read(directory.resolve("no.h5")))
        .isInstanceOf(RolloutFileMissingException.class)
        .hasMessage(directory.resolve("no.h5") + ": no such file");
  }

  @Test
  void anotherKindOfFileIsForeign() throws IOException {
    Path text = Files.writeString(directory.resolve("text.h5"), "x".repeat(1000));
    assertThatThrownBy(() -> RolloutReader.read(text))
        .isInstanceOf(RolloutFileForeignException.class)
        .hasMessageContaining("not an HDF5 file");
  }

  @Test
  void anotherHdf5FileIsForeign() throws IOException {
    Path other = directory.resolve("other.h5");
    try (WritableHdfFile file = HdfFile.write(other)) {
      file.putDataset("latents", new float[100]);
    }
    assertThatThrownBy(() -> RolloutReader.read(other))
        .isInstanceOf(RolloutFileForeignException.class)
        .hasMessageContaining("an HDF5 file, but not of format rewarddance-rollouts");
  }

  @Test
  void aDirectoryIsAFailureAndNotAFile() {
    assertThatThrownBy(() -> RolloutReader.read(directory))
        .isInstanceOf(StoreFailedException.class);
  }

  private static void flip(RandomAccessFile file, long at, int mask) throws IOException {
    file.seek(at);
    int value = file.read();
    file.seek(at);
    file.write(value ^ mask);
  }
}
