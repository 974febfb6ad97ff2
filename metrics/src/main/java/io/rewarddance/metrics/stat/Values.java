package io.rewarddance.metrics.stat;

import java.util.Arrays;
import java.util.List;

/** Checks of sample values. */
public final class Values {
  private Values() {}

  /**
   * @return {@code values}
   * @throws IllegalArgumentException when there are fewer than {@code least} values, or one isn't
   *     finite
   */
  public static double[] finite(double[] values, String name, int least) {
    if (values.length < least) {
      throw new IllegalArgumentException(
          name + ": " + values.length + " values (expected: >= " + least + ")");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            name + "[" + i + "]: " + values[i] + " (expected: a finite number)");
      }
    }
    return values;
  }

  /** Whether all values are the same number; true for none. */
  public static boolean allEqual(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  /** All values of all groups, in order. */
  public static double[] flat(List<double[]> groups) {
    return groups.stream().flatMapToDouble(Arrays::stream).toArray();
  }
}
