package io.rewarddance.driver.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Images as part of the page; large ones are made smaller, so that the page stays one mail. */
final class Pictures {
  private static final int LARGEST = 256;

  private final Path directory;

  Pictures(Path directory) {
    this.directory = directory;
  }

  /**
   * A PNG as a {@code data:} address, or empty when the file is missing, no image, or outside of
   * the run directory.
   */
  Optional<String> address(String file) {
    Path path = directory.resolve(file).normalize();
    if (!path.startsWith(directory.normalize()) || !Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      BufferedImage image = ImageIO.read(path.toFile());
      if (image == null) {
        return Optional.empty();
      }
      byte[] png = fits(image) ? Files.readAllBytes(path) : png(smaller(image));
      return Optional.of("data:image/png;base64," + Base64.getEncoder().encodeToString(png));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean fits(BufferedImage image) {
    return Math.max(image.getWidth(), image.getHeight()) <= LARGEST;
  }

  private static BufferedImage smaller(BufferedImage image) {
    double scale = (double) LARGEST / Math.max(image.getWidth(), image.getHeight());
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
