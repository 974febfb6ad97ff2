package io.rewarddance.driver.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReferenceFileTest {
  @TempDir Path directory;

  private static Image image(int height, int width, int colour) {
    byte[] rgb = new byte[height * width * 3];
    Arrays.fill(rgb, (byte) colour);
    return Image.of(height, width, rgb);
  }

  private static References references() {
    return new References(
        new TreeMap<>(
            Map.of(
                "zwei größte Kreise ◯", List.of(image(2, 3, 200), image(2, 3, 7)),
                "a circle", List.of(image(1, 1, 0)))));
  }

  @Test
  void referencesComeBackAsTheyWere() throws IOException {
    Path file = directory.resolve("references/judge-train.bin");
    String digest = ReferenceFile.write(file, references());
    assertThat(digest).isEqualTo(Sha256.of(file));
    assertThat(ReferenceFile.read(file, digest)).isEqualTo(references());
    Path empty = directory.resolve("empty.bin");
    assertThat(ReferenceFile.read(empty, ReferenceFile.write(empty, References.NONE)))
        .isEqualTo(References.NONE);
  }

  /** Golden: the digest is in the journal, so the bytes must not change between versions. */
  @Test
  void theBytesNeverChangeBetweenVersions() throws IOException {
    Path file = directory.resolve("references.bin");
    References one = new References(new TreeMap<>(Map.of("a", List.of(image(1, 1, 5)))));
    ReferenceFile.write(file, one);
    assertThat(Files.readAllBytes(file))
        .isEqualTo(
            "\0\30rewarddance-references 1\0\0\0\1\0\1a\0\0\0\1\0\0\0\1\0\0\0\1\5\5\5"
                .getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aChangedOrTruncatedFileIsNamedWithBothDigests() throws IOException {
    Path file = directory.resolve("references.bin");
    String digest = ReferenceFile.write(file, references());
    byte[] sound = Files.readAllBytes(file);
    byte[] flipped = sound.clone();
    flipped[sound.length / 2] ^= 4;
    for (byte[] bad : List.of(flipped, Arrays.copyOf(sound, sound.length - 1), new byte[0])) {
      Files.write(file, bad);
      assertThatThrownBy(() -> ReferenceFile.read(file, digest))
          .isInstanceOf(IOException.class)
          .hasMessage(file + ": sha-256: " + Sha256.of(file) + " (expected: " + digest + ")");
    }
    Files.delete(file);
    assertThatThrownBy(() -> ReferenceFile.read(file, digest))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aFileOfAnotherFormatIsNamed() throws IOException {
    Path file = directory.resolve("references.bin");
    Files.write(file, new byte[] {0, 3, 'a', 'b', 'c'});
    String digest = Sha256.of(file);
    assertThatThrownBy(() -> ReferenceFile.read(file, digest))
        .hasMessage(file + ": 'abc' (expected: 'rewarddance-references 1')");
  }

  @Test
  void nothingButTheFileIsLeft() throws IOException {
    ReferenceFile.write(directory.resolve("references.bin"), references());
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(directory.resolve("references.bin"));
    }
  }

  @Test
  void setsAreJoinedAndTheLaterWins() {
    Prompt circle = new Prompt(0, "a circle", "");
    References later = new References(new TreeMap<>(Map.of("a circle", List.of(image(1, 1, 9)))));
    References both = references().and(later);
    assertThat(both.of(circle)).containsExactly(image(1, 1, 9));
    assertThat(both.images()).hasSize(2);
    assertThat(both.of(new Prompt(0, "a square", ""))).isEmpty();
    assertThat(references().of(circle)).containsExactly(image(1, 1, 0));
  }
}
