package io.rewarddance.driver.picture;

import io.rewarddance.rollout.Image;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes images as PNG. */
public final class Png {
  private Png() {}

  /** Writes a file; its directory is made when it lacks. */
  public static void write(Image image, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, bytes(image));
  }

  /**
   * The bytes of such a file.
   *
   * @throws IOException when this Java has no PNG writer
   */
  public static byte[] bytes(Image image) throws IOException {
    return encoded(picture(image));
  }

  /** As {@link #bytes}, made smaller so that no side is longer than {@code largest} pixels. */
  public static byte[] thumbnail(Image image, int largest) throws IOException {
    double scale = (double) largest / Math.max(image.height(), image.width());
    if (scale >= 1) {
      return bytes(image);
    }
    int width = Math.max(1, (int) Math.round(image.width() * scale));
    int height = Math.max(1, (int) Math.round(image.height() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(picture(image), 0, 0, width, height, null);
    graphics.dispose();
    return encoded(small);
  }

  private static BufferedImage picture(Image image) {
    BufferedImage picture =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = image.rgb();
    for (int y = 0, i = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++, i += Image.CHANNELS) {
        picture.setRGB(x, y, (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | rgb[i + 2] & 0xff);
      }
    }
    return picture;
  }

  private static byte[] encoded(BufferedImage picture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(picture, "png", out)) {
      throw new IOException("this Java has no PNG writer");
    }
    return out.toByteArray();
  }
}
