package io.rewarddance.driver.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.rollout.Image;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngReaderTest {
  @TempDir Path directory;

  private Path file(BufferedImage picture) throws IOException {
    Path file = directory.resolve("a.png");
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }

  @Test
  void whatWasWrittenIsReadBackToTheByte() throws IOException {
    byte[] rgb = new byte[5 * 7 * 3];
    new Random(1).nextBytes(rgb);
    Image image = Image.of(5, 7, rgb);
    Path file = directory.resolve("made/a.png");
    Png.write(image, file);
    assertThat(PngReader.read(file)).isEqualTo(image);
  }

  /** Of 8 and 16 bits; a reader that takes grey for linear light makes 100 to 168. */
  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
  void greyKeepsItsValue(int type) throws IOException {
    BufferedImage grey = new BufferedImage(2, 1, type);
    int scale = type == BufferedImage.TYPE_BYTE_GRAY ? 1 : 257;
    grey.getRaster().setSample(0, 0, 0, 100 * scale);
    grey.getRaster().setSample(1, 0, 0, 255 * scale);
    assertThat(PngReader.read(file(grey)).rgb())
        .containsExactly(100, 100, 100, (byte) 255, (byte) 255, (byte) 255);
  }

  @Test
  void palettesAndOpaqueAlphaAreRead() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_INDEXED, BufferedImage.TYPE_INT_ARGB}) {
      BufferedImage picture = new BufferedImage(1, 1, type);
      picture.setRGB(0, 0, new Color(255, 0, 51).getRGB());
      assertThat(PngReader.read(file(picture)).rgb()).containsExactly((byte) 255, 0, 51);
    }
  }

  @Test
  void transparentPixelsAreRefused() throws IOException {
    BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
    Arrays.stream(new int[] {0, 1, 2}).forEach(x -> picture.setRGB(x, 0, 0xff112233));
    picture.setRGB(0, 1, 0xff112233);
    picture.setRGB(1, 1, 0x80112233);
    Path file = file(picture);
    assertThatThrownBy(() -> PngReader.read(file))
        .hasMessage(file + ": a transparent pixel in row 1, column 1 (expected: an opaque image)");
  }

  @Test
  void whatIsNoPngIsNamed() throws IOException {
    Path file = directory.resolve("photo.png");
    assertThatThrownBy(() -> PngReader.read(file)).hasMessage(file + ": no such file");
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "jpg", file.toFile());
    assertThatThrownBy(() -> PngReader.read(file)).hasMessage(file + ": not a PNG image");
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> PngReader.read(file)).hasMessage(file + ": not a PNG image");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 20, 40, 60})
  void aTornPngIsAnErrorAndNotABug(int length) throws IOException {
    Path file = file(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, Math.min(length, whole.length - 1)));
    assertThatThrownBy(() -> PngReader.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": a broken PNG image: ");
  }

  @Test
  void thumbnailsAreSmallerAndSmallImagesStay() throws IOException {
    Image large = Image.of(100, 50, new byte[100 * 50 * 3]);
    Path file = directory.resolve("small.png");
    Files.write(file, Png.thumbnail(large, 20));
    assertThat(PngReader.read(file).toString()).isEqualTo("Image[20x10]");
    assertThat(Png.thumbnail(large, 100)).isEqualTo(Png.bytes(large));
  }
}
