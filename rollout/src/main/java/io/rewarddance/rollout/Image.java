package io.rewarddance.rollout;

import io.rewarddance.rollout.digest.Sha256;
import java.util.Arrays;
import java.util.List;

/**
 * An RGB image of 8 bits a channel. The array is handed over at construction and handed out again
 * without a copy: treat it as read-only.
 */
public final class Image implements Pixels {
  private final int height;
  private final int width;
  private final byte[] rgb; // [height][width][3]

  private Image(int height, int width, byte[] rgb) {
    this.height = height;
    this.width = width;
    this.rgb = rgb;
  }

  /**
   * @param rgb {@code [height][width][3]} row-major; ownership passes to the image
   * @throws IllegalArgumentException when the sizes disagree
   */
  public static Image of(int height, int width, byte[] rgb) {
    Check.that(height >= 1, "height", height, ">= 1");
    Check.that(width >= 1, "width", width, ">= 1");
    Check.present(rgb, "rgb");
    long bytes = (long) height * width * CHANNELS;
    Check.that(rgb.length == bytes, "rgb", rgb.length + " bytes", "height * width * 3 = " + bytes);
    return new Image(height, width, rgb);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  @Override
  public List<Integer> shape() {
    return List.of(height, width, CHANNELS);
  }

  @Override
  public byte[] rgb() {
    return rgb;
  }

  @Override
  public Image sheet() {
    return this;
  }

  @Override
  public String sha256() {
    return Sha256.of(rgb);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Image image
        && height == image.height
        && width == image.width
        && Arrays.equals(rgb, image.rgb);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + Arrays.hashCode(rgb);
  }

  @Override
  public String toString() {
    return "Image[" + height + "x" + width + "]";
  }
}
