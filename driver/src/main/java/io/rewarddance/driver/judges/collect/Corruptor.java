package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.config.PreferenceSetConfig.Corruption;
import io.rewarddance.driver.plan.RandomStream;
import io.rewarddance.rollout.Image;

/** Makes an image harder to see: a Gaussian blur, then normal noise on each channel. */
final class Corruptor {
  private static final double FULL_SCALE = 255;

  /** Standard deviations after which a Gaussian is cut off. */
  private static final double REACH = 3;

  private final Corruption corruption;
  private final double[] kernel;

  Corruptor(Corruption corruption) {
    this.corruption = corruption;
    this.kernel = kernel(corruption.blur());
  }

  /** Half of a Gaussian, its middle first; the whole sums to 1. */
  private static double[] kernel(double deviation) {
    int reach = (int) Math.ceil(REACH * deviation);
    double[] half = new double[reach + 1];
    double sum = 0;
    for (int i = 0; i <= reach; i++) {
      half[i] = i == 0 ? 1 : StrictMath.exp(-0.5 * i * i / (deviation * deviation));
      sum += i == 0 ? half[i] : 2 * half[i];
    }
    for (int i = 0; i <= reach; i++) {
      half[i] /= sum;
    }
    return half;
  }

  Image corrupt(Image image, long seed) {
    if (corruption.isNone()) {
      return image;
    }
    int height = image.height();
    int width = image.width();
    double[] pixels = new double[image.rgb().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = image.rgb()[i] & 0xff;
    }
    if (corruption.blur() > 0) {
      pixels = blurred(pixels, height, width, true);
      pixels = blurred(pixels, height, width, false);
    }
    return Image.of(height, width, noisy(pixels, seed));
  }

  /** One pass, along rows or columns; beyond the border the border's pixel goes on. */
  private double[] blurred(double[] pixels, int height, int width, boolean alongRows) {
    double[] blurred = new double[pixels.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < Image.CHANNELS; c++) {
          double sum = 0;
          for (int d = 1 - kernel.length; d < kernel.length; d++) {
            int row = alongRows ? y : Math.min(Math.max(y + d, 0), height - 1);
            int column = alongRows ? Math.min(Math.max(x + d, 0), width - 1) : x;
            sum += kernel[Math.abs(d)] * pixels[(row * width + column) * Image.CHANNELS + c];
          }
          blurred[(y * width + x) * Image.CHANNELS + c] = sum;
        }
      }
    }
    return blurred;
  }

  private byte[] noisy(double[] pixels, long seed) {
    RandomStream random = new RandomStream(seed);
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      double noise =
          corruption.pixelNoise() == 0 ? 0 : FULL_SCALE * corruption.pixelNoise() * random.normal();
      bytes[i] = (byte) Math.round(Math.min(Math.max(pixels[i] + noise, 0), FULL_SCALE));
    }
    return bytes;
  }
}
