package io.rewarddance.metrics.advantage;

import org.apache.commons.math3.stat.StatUtils;

/** Which standard deviation. */
public enum StdKind {
  /** Divided by n. */
  POPULATION,
  /** Divided by n - 1 (Bessel). */
  SAMPLE;

  /** Of at least one value; exactly 0 for one value and for equal ones. */
  double of(double[] values) {
    double mean = StatUtils.mean(values);
    double variance =
        this == POPULATION
            ? StatUtils.populationVariance(values, mean)
            : StatUtils.variance(values, mean);
    return Math.sqrt(variance);
  }
}
