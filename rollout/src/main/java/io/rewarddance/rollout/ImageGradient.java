package io.rewarddance.rollout;

import java.util.Arrays;

/**
 * Gradient of what judges think of an image by the image: nats per grey level of each channel. The
 * array is handed over: treat it as read-only. Equality is by content.
 *
 * @param values {@code [height][width][3]} flat, as the image's own bytes lie
 */
public record ImageGradient(int height, int width, float[] values) {
  /**
   * @throws NotFiniteException when a value is NaN or infinite
   * @throws IllegalArgumentException when the sizes disagree
   */
  public ImageGradient {
    Check.that(height >= 1, "height", height, ">= 1");
    Check.that(width >= 1, "width", width, ">= 1");
    Check.present(values, "values");
    Check.that(
        values.length == height * width * Image.CHANNELS,
        "values",
        values.length + " elements",
        "height * width * 3 = " + height * width * Image.CHANNELS);
    Check.finite(values, "imageGradient");
  }

  /** Euclidean length over all pixels and channels. */
  public double norm() {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageGradient that
        && height == that.height
        && width == that.width
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "ImageGradient[" + height + "x" + width + ", norm " + norm() + "]";
  }
}
