package io.rewarddance.driver.generate;

import java.util.Arrays;

/**
 * A state of a trajectory. The array is handed over and handed out without a copy: treat it as
 * read-only.
 *
 * @param shape without the batch
 * @param values row-major
 */
public record Latent(int[] shape, float[] values) {
  public Latent {
    int elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (elements != values.length) {
      throw new IllegalArgumentException(
          "latent: " + values.length + " values (expected: " + Arrays.toString(shape) + ")");
    }
  }
}
