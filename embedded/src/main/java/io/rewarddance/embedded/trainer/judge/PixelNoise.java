package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.step.UpdateNoise;

/** Gaussian noise on the pixels of training images, rounded to grey levels. */
final class PixelNoise {
  private static final int WHITE = 255;

  private final double deviation;
  private final UpdateNoise noise;

  /**
   * @param share standard deviation as a share of full scale; 0 = none
   */
  PixelNoise(double share, UpdateNoise noise) {
    this.deviation = share * WHITE;
    this.noise = noise;
  }

  /** No noise. */
  static PixelNoise none() {
    return new PixelNoise(0, null);
  }

  /**
   * Copies an image with its noise.
   *
   * @param number draws other noise for each
   */
  void write(byte[] rgb, int number, byte[] target, int offset) {
    if (deviation == 0) {
      System.arraycopy(rgb, 0, target, offset, rgb.length);
      return;
    }
    float[] normals = noise.normals(number, rgb.length);
    for (int i = 0; i < rgb.length; i++) {
      long level = Math.round((rgb[i] & WHITE) + deviation * normals[i]);
      target[offset + i] = (byte) Math.max(0, Math.min(WHITE, level));
    }
  }
}
