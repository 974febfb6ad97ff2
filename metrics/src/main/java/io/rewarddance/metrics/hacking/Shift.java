package io.rewarddance.metrics.hacking;

import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How a signal's mean moved from one stretch of iterations to a later one.
 *
 * @param before mean of the earlier stretch
 * @param after mean of the later stretch
 * @param standardError of the difference, by Welch; 0 when the values don't scatter
 * @param firstIteration first iteration of the earlier stretch
 * @param lastIteration last iteration of the later stretch
 */
record Shift(
    double before, double after, double standardError, int firstIteration, int lastIteration) {
  /** Differences below this many standard errors are noise. */
  private static final double SIGMAS = 4;

  private static final int LEAST = 3;

  /** Empty when either stretch has fewer than three measurements: no scatter, no judgement. */
  static Optional<Shift> of(Series before, Series after) {
    if (before.size() < LEAST || after.size() < LEAST) {
      return Optional.empty();
    }
    double squares =
        StatUtils.variance(before.values()) / before.size()
            + StatUtils.variance(after.values()) / after.size();
    return Optional.of(
        new Shift(
            before.mean(),
            after.mean(),
            Math.sqrt(squares),
            before.iterations()[0],
            after.lastIteration()));
  }

  /** Whether it rose by at least {@code least}, and by more than noise. */
  boolean rose(double least) {
    return after - before >= least && after - before > SIGMAS * standardError;
  }

  /** Whether it fell by at least {@code least}, and by more than noise. */
  boolean fell(double least) {
    return before - after >= least && before - after > SIGMAS * standardError;
  }
}
