package io.rewarddance.metrics.hacking;

import io.rewarddance.metrics.stat.MeanInterval;

/**
 * Two measurements of one mean, told apart from noise by their own intervals.
 *
 * @param before the earlier one
 * @param after the later one
 */
record Gap(MeanInterval before, MeanInterval after) {
  /** Differences below this many standard errors are noise. */
  private static final double SIGMAS = 4;

  /** The same for the best of several, which is high by chance as well. */
  static final double SIGMAS_FROM_BEST = 5;

  /** A mean of fewer values knows its own noise too badly; that of one value not at all. */
  static final int LEAST_VALUES = 5;

  /** Whether it rose by at least {@code least}, and by more than noise. */
  boolean rose(double least) {
    return exceeds(least, after.mean() - before.mean(), SIGMAS);
  }

  /** Whether it fell by at least {@code least}, and by more than noise. */
  boolean fell(double least) {
    return exceeds(least, before.mean() - after.mean(), SIGMAS);
  }

  /** The same where {@code before} was picked among many, and may be high by chance. */
  boolean fellFromBest(double least) {
    return exceeds(least, before.mean() - after.mean(), SIGMAS_FROM_BEST);
  }

  private boolean exceeds(double least, double difference, double sigmas) {
    return Math.min(before.n(), after.n()) >= LEAST_VALUES
        && difference >= least
        && difference > sigmas * standardError();
  }

  /**
   * Of the difference. Values of both scatter as those of the wider one do: a few values that
   * happen to be equal would else have no noise at all.
   */
  private double standardError() {
    double deviation = Math.max(deviation(before), deviation(after));
    return deviation * Math.sqrt(1.0 / before.n() + 1.0 / after.n());
  }

  private static double deviation(MeanInterval mean) {
    return mean.standardError() * Math.sqrt(mean.n());
  }

  /** "gold fell from 0.61 to 0.32". */
  String text(String label) {
    return Text.moved(label, before.mean(), after.mean());
  }
}
