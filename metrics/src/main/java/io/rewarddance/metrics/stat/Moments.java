package io.rewarddance.metrics.stat;

import org.apache.commons.math3.stat.StatUtils;

/**
 * Count, mean and spread of a sample, which merge without loss: the mean of means weighted by
 * count, and squared deviations by the parallel-variance formula.
 *
 * @param n how many values
 * @param mean their mean; 0 for none
 * @param squares sum of squared deviations from the mean
 */
public record Moments(long n, double mean, double squares) {
  /** No values. */
  public static final Moments NONE = new Moments(0, 0, 0);

  public Moments {
    if (n < 0 || !Double.isFinite(mean) || !(squares >= 0) || n < 2 && squares != 0) {
      throw new IllegalArgumentException(
          "moments: n "
              + n
              + ", mean "
              + mean
              + ", squares "
              + squares
              + " (expected: n >= 0, a finite mean, squares >= 0, and 0 below two values)");
    }
  }

  /** Of a sample. */
  public static Moments of(double... values) {
    if (values.length == 0) {
      return NONE;
    }
    Values.finite(values, "values", 1);
    double mean = StatUtils.mean(values);
    boolean equal = Values.allEqual(values);
    double squares = equal ? 0 : StatUtils.populationVariance(values, mean) * values.length;
    return new Moments(values.length, mean, squares);
  }

  /** From what a journal line holds: count, mean and population standard deviation. */
  public static Moments of(long n, double mean, double sigma) {
    return new Moments(n, mean, sigma * sigma * n);
  }

  /** Of both samples together. */
  public Moments merge(Moments other) {
    if (n == 0 || other.n == 0) {
      return n == 0 ? other : this;
    }
    long count = n + other.n;
    double apart = other.mean - mean;
    return new Moments(
        count,
        mean + apart * other.n / count,
        squares + other.squares + apart * apart * n / count * other.n);
  }

  /** Population standard deviation (divided by n); 0 for none. */
  public double sigma() {
    return n == 0 ? 0 : Math.sqrt(squares / n);
  }
}
