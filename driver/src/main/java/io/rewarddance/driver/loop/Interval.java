package io.rewarddance.driver.loop;

/**
 * A measured mean with its 95 % confidence interval.
 *
 * @param mean the estimate
 * @param low lower end
 * @param high upper end
 * @param n how many independent values it stands on
 */
public record Interval(double mean, double low, double high, int n) {
  public Interval {
    if (!(low <= mean && mean <= high) || n < 1) {
      throw new IllegalArgumentException(
          "interval: "
              + mean
              + " ["
              + low
              + ", "
              + high
              + "], n = "
              + n
              + " (expected: low <= mean <= high, n >= 1)");
    }
  }

  /** Whether the two intervals have no point in common. */
  public boolean apartFrom(Interval other) {
    return high < other.low || other.high < low;
  }
}
