package io.rewarddance.metrics.stat;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * A measured mean with its two-sided 95 % confidence interval.
 *
 * @param mean the estimate
 * @param low lower end, at most the mean
 * @param high upper end, at least the mean
 * @param n how many independent values it stands on
 */
public record MeanInterval(double mean, double low, double high, int n) {
  /** Confidence level of every interval. */
  public static final double LEVEL = 0.95;

  /** Half the width of the interval in standard errors of the normal distribution. */
  static final double Z =
      new NormalDistribution(null, 0, 1).inverseCumulativeProbability((1 + LEVEL) / 2);

  public MeanInterval {
    if (!(low <= mean && mean <= high) || n < 1) {
      throw new IllegalArgumentException(
          "interval: "
              + mean
              + " ["
              + low
              + ", "
              + high
              + "], n "
              + n
              + " (expected: low <= mean <= high, n >= 1)");
    }
  }

  /**
   * Of a share, by Wilson's score: right for small samples and for shares near 0 and 1.
   *
   * @param successes at most {@code n}
   * @param n at least 1
   */
  public static MeanInterval wilson(int successes, int n) {
    if (n < 1 || successes < 0 || successes > n) {
      throw new IllegalArgumentException(
          "successes: " + successes + " of " + n + " (expected: 0 <= successes <= n, n >= 1)");
    }
    ConfidenceInterval interval = new WilsonScoreInterval().createInterval(n, successes, LEVEL);
    double mean = (double) successes / n;
    // Rounding can push an end past a mean of exactly 0 or 1.
    double low = Math.max(0, Math.min(mean, interval.getLowerBound()));
    double high = Math.min(1, Math.max(mean, interval.getUpperBound()));
    return new MeanInterval(mean, low, high, n);
  }

  /**
   * Of a mean, by Student's t on n - 1 degrees of freedom.
   *
   * @param values at least 2, finite
   */
  public static MeanInterval student(double... values) {
    Values.finite(values, "values", 2);
    double t =
        new TDistribution(null, values.length - 1).inverseCumulativeProbability((1 + LEVEL) / 2);
    return around(values, t);
  }

  /**
   * Of a mean, by the normal distribution: for large samples.
   *
   * @param values at least 2, finite
   */
  public static MeanInterval normal(double... values) {
    Values.finite(values, "values", 2);
    return around(values, Z);
  }

  /**
   * Of the mean difference {@code after[i] - before[i]}, by Student's t: for the same prompts and
   * seeds measured twice.
   */
  public static MeanInterval paired(double[] before, double[] after) {
    if (before.length != after.length) {
      throw new IllegalArgumentException(
          "after: " + after.length + " values (expected: " + before.length + ", as before)");
    }
    double[] differences = new double[before.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = after[i] - before[i];
    }
    return student(differences);
  }

  /** Whether the two intervals have no point in common. */
  public boolean apartFrom(MeanInterval other) {
    return high < other.low || other.high < low;
  }

  /** Half the interval's width in standard errors of the normal distribution. */
  public double standardError() {
    return (high - low) / 2 / Z;
  }

  private static MeanInterval around(double[] values, double quantile) {
    double mean = StatUtils.mean(values);
    double sigma = Values.allEqual(values) ? 0 : Math.sqrt(StatUtils.variance(values, mean));
    double half = quantile * sigma / Math.sqrt(values.length);
    return new MeanInterval(mean, mean - half, mean + half, values.length);
  }
}
