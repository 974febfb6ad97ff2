package io.rewarddance.driver.picture;

import io.rewarddance.rollout.Image;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Reads PNG files as images of 8 bits a channel. */
public final class PngReader {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int OPAQUE = 0xff;

  /** Length, name and checksum of a part. */
  private static final int PART_FRAME = 12;

  private static final int IEND = 'I' << 24 | 'E' << 16 | 'N' << 8 | 'D';

  private PngReader() {}

  /**
   * @throws IOException saying what is wrong with the file: it isn't there, is no PNG, is broken,
   *     or has transparent pixels, of which nobody could say what is behind them
   */
  public static Image read(Path file) throws IOException {
    byte[] bytes = bytes(file);
    if (!Arrays.equals(Arrays.copyOf(bytes, SIGNATURE.length), SIGNATURE)) {
      throw new IOException(file + ": not a PNG image");
    }
    if (!isWhole(bytes)) {
      throw new IOException(file + ": a broken PNG image: it ends before its last part");
    }
    BufferedImage picture;
    try {
      picture = ImageIO.read(new ByteArrayInputStream(bytes));
    } catch (IOException | RuntimeException e) {
      // The JDK's reader answers some broken files with unchecked exceptions.
      throw new IOException(file + ": a broken PNG image: " + e.getMessage(), e);
    }
    if (picture == null) {
      throw new IOException(file + ": a broken PNG image: no reader takes it");
    }
    return image(file, picture);
  }

  /** Whether its parts reach to the closing one; the JDK's reader makes do with less. */
  private static boolean isWhole(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long at = SIGNATURE.length;
    while (at + PART_FRAME <= bytes.length) {
      long length = Integer.toUnsignedLong(buffer.getInt((int) at));
      boolean last = buffer.getInt((int) at + Integer.BYTES) == IEND;
      at += PART_FRAME + length;
      if (last) {
        return at <= bytes.length;
      }
    }
    return false;
  }

  private static byte[] bytes(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file", e);
    } catch (IOException e) {
      throw new IOException(file + ": can't be read: " + e.getMessage(), e);
    }
  }

  private static Image image(Path file, BufferedImage picture) throws IOException {
    byte[] rgb = new byte[picture.getHeight() * picture.getWidth() * Image.CHANNELS];
    boolean grey = isGrey(picture);
    for (int y = 0, at = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++, at += Image.CHANNELS) {
        int colour = picture.getRGB(x, y);
        if (colour >>> 24 != OPAQUE) {
          throw new IOException(
              "%s: a transparent pixel in row %d, column %d (expected: an opaque image)"
                  .formatted(file, y, x));
        }
        rgb[at] = (byte) (grey ? grey(picture, x, y) : colour >> 16);
        rgb[at + 1] = grey ? rgb[at] : (byte) (colour >> 8);
        rgb[at + 2] = grey ? rgb[at] : (byte) colour;
      }
    }
    return Image.of(picture.getHeight(), picture.getWidth(), rgb);
  }

  private static boolean isGrey(BufferedImage picture) {
    return picture.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && !(picture.getColorModel() instanceof IndexColorModel);
  }

  /** As it is in the file; getRGB would take grey values for linear light and brighten them. */
  private static int grey(BufferedImage picture, int x, int y) {
    int bits = picture.getColorModel().getComponentSize(0);
    return picture.getRaster().getSample(x, y, 0) * OPAQUE / ((1 << bits) - 1);
  }
}
