package io.rewarddance.embedded.weights;

import java.util.Arrays;

/**
 * One parameter: its shape and its values in row-major order. The arrays are handed over, not
 * copied; nobody changes them afterwards.
 */
public record WeightTensor(long[] shape, float[] values) {
  public WeightTensor {
    if (elements(shape) != values.length) {
      throw new IllegalArgumentException(
          "values: "
              + values.length
              + " (expected: as many as shape "
              + Arrays.toString(shape)
              + " has)");
    }
  }

  /** How many elements a shape has; 1 for the empty shape of a scalar. */
  public static long elements(long... shape) {
    long elements = 1;
    for (long size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException(
            "shape: " + Arrays.toString(shape) + " (expected: sizes >= 0)");
      }
      elements = Math.multiplyExact(elements, size);
    }
    return elements;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WeightTensor that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "WeightTensor" + Arrays.toString(shape);
  }
}
