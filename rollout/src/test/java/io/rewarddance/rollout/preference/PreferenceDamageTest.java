package io.rewarddance.rollout.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.rewarddance.rollout.preference.PreferenceFileException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bad file is a named error, never data. */
class PreferenceDamageTest {
  @TempDir Path directory;
  private PreferenceFile good;

  @BeforeEach
  void write() throws IOException {
    good = PreferenceWriter.write(directory.resolve("good.h5"), Sets.full(1));
  }

  @Test
  void noFlippedByteAnywhereGoesUnnoticed() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(good.path().toFile(), "rw")) {
      for (long at = 0; at < good.bytes(); at++) {
        flip(file, at, 1 << at % 8);
        assertThatThrownBy(() -> PreferenceReader.read(good.path()))
            .as("byte %d", at)
            .isInstanceOfSatisfying(
                PreferenceFileException.class,
                e -> assertThat(e.kind()).isIn(Kind.CORRUPT, Kind.FOREIGN, Kind.TRUNCATED));
        flip(file, at, 1 << at % 8);
      }
    }
    assertThat(PreferenceReader.read(good.path())).isEqualTo(good);
  }

  @Test
  void aFileCutAnywhereInItsContentIsTruncated() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(good.path().toFile(), "rw")) {
      for (long length = good.bytes() - 1; length >= 0; length--) {
        file.setLength(length);
        Kind kind = kindOf(good.path());
        if (length == good.bytes() - 64) {
          assertThat(kind).as("without its trailer it is whole").isNull();
        } else {
          assertThat(kind)
              .as("%d bytes", length)
              .isEqualTo(length > good.bytes() - 64 ? Kind.CORRUPT : Kind.TRUNCATED);
        }
      }
    }
  }

  @Test
  void anotherFileThanTheExpectedOneIsAMismatch() {
    assertThatThrownBy(() -> PreferenceReader.read(good.path(), "0".repeat(64)))
        .hasMessageContaining(good.sha256())
        .hasMessageContaining("expected: 000000")
        .extracting(e -> ((PreferenceFileException) e).kind())
        .isEqualTo(Kind.MISMATCH);
  }

  @Test
  void whatIsNoPreferenceFileSaysSo() throws IOException {
    assertThat(kindOf(directory.resolve("no.h5"))).isEqualTo(Kind.MISSING);
    assertThat(kindOf(directory)).isEqualTo(Kind.UNREADABLE);
    Path text = Files.writeString(directory.resolve("text.h5"), "x".repeat(1000));
    assertThat(kindOf(text)).isEqualTo(Kind.FOREIGN);
    assertThat(kindOf(made(file -> file.putDataset("images", new float[4]))))
        .isEqualTo(Kind.FOREIGN);
    assertThat(kindOf(made(file -> file.putAttribute("format", "rewarddance-rollouts"))))
        .isEqualTo(Kind.FOREIGN);
  }

  @Test
  void anotherVersionIsNamed() throws IOException {
    Path newer =
        made(
            file -> {
              file.putAttribute("format", PreferenceFormat.NAME);
              file.putAttribute("format_version", 2);
            });
    assertThatThrownBy(() -> PreferenceReader.read(newer))
        .hasMessage(newer + ": format_version: 2 (expected: 1)");
    assertThat(kindOf(newer)).isEqualTo(Kind.VERSION);
  }

  @Test
  void aMissingColumnIsNamed() throws IOException {
    Path file = made(PreferenceDamageTest::head);
    assertThatThrownBy(() -> PreferenceReader.read(file))
        .hasMessage(file + ": prompt: missing (expected: a dataset)");
    assertThat(kindOf(file)).isEqualTo(Kind.CONTENT);
  }

  @Test
  void aColumnOfAnotherLengthOrTypeIsNamed() throws IOException {
    for (var bad :
        List.<List<Object>>of(
            List.of(new int[] {0}, "first: shape [1] (expected: [2], a row for each pair)"),
            List.of(
                new double[] {0, Double.NaN},
                "first: FloatingPoint of 8 bytes (expected: whole numbers)"),
            List.of(new String[] {"0", "1"}, "first: StringData of 2 bytes (expected: whole"),
            List.of(
                new long[] {0, 1L << 40}, "first[1]: 1099511627776 (expected: a row of images)"))) {
      Path file =
          made(
              hdf5 -> {
                head(hdf5);
                hdf5.putDataset("prompt", new String[] {"a", "b"});
                hdf5.putDataset("images", new byte[2][2][2][3], UNSIGNED);
                hdf5.putDataset("first", bad.get(0));
              });
      assertThatThrownBy(() -> PreferenceReader.read(file))
          .hasMessageContaining((String) bad.get(1));
    }
  }

  @Test
  void imagesOfAnotherTypeOrShapeAreNamed() throws IOException {
    assertThatThrownBy(() -> PreferenceReader.read(withImages(new float[2][2][2][3])))
        .hasMessageContaining("images: FloatingPoint of 4 bytes (expected: unsigned bytes)");
    assertThatThrownBy(() -> PreferenceReader.read(withImages(new byte[2][2][2][3])))
        .hasMessageContaining("images: FixedPoint of 1 bytes (expected: unsigned bytes)");
    assertThatThrownBy(() -> PreferenceReader.read(withImages(new int[2][2][2][4])))
        .hasMessageContaining("images: shape [2, 2, 2, 4] (expected: [M, height, width, 3])");
  }

  private static final io.jhdf.api.DatasetCreationOptions UNSIGNED =
      io.jhdf.api.DatasetCreationOptions.builder().unsigned().build();

  private Path withImages(Object images) throws IOException {
    return made(
        file -> {
          head(file);
          file.putDataset("prompt", new String[] {"a"});
          file.putDataset("images", images);
        });
  }

  private static void head(WritableHdfFile file) {
    file.putAttribute("format", PreferenceFormat.NAME);
    file.putAttribute("format_version", PreferenceFormat.VERSION);
  }

  private Path made(Consumer<WritableHdfFile> content) throws IOException {
    Path path = directory.resolve("made.h5");
    Files.deleteIfExists(path);
    try (WritableHdfFile file = HdfFile.write(path)) {
      content.accept(file);
    }
    return path;
  }

  /** What is wrong with a file, or null. */
  private static Kind kindOf(Path path) {
    try {
      PreferenceReader.read(path);
      return null;
    } catch (PreferenceFileException e) {
      return e.kind();
    }
  }

  private static void flip(RandomAccessFile file, long at, int mask) throws IOException {
    file.seek(at);
    int value = file.read();
    file.seek(at);
    file.write(value ^ mask);
  }
}
