package io.rewarddance.metrics.hacking;

import java.util.List;

/**
 * P(yes) of what is trained on falls far below the best it held: training destroys what it had
 * reached. It is measured in every iteration, so a run without gold is watched too.
 */
final class PYesCollapse implements HackingRule {
  private static final double WARN_SHARE = 0.8;
  private static final double STOP_SHARE = 0.6;

  private static final double LEAST_FALL = 0.03;

  /** The best of many spans is high by chance as well, hence more than for one comparison. */
  private static final double SIGMAS = 6;

  /** Means of this many measurements are compared: enough to calm noise, few enough to be early. */
  private static final int SPAN = 5;

  @Override
  public List<Finding> check(List<IterationSignals> signals, int window) {
    int now = HackingRule.now(signals);
    Series series = Series.of(signals, Signal.P_YES);
    if (series.size() < 2 * SPAN || series.lastIteration() != now) {
      return List.of();
    }
    Series peak = series.head(bestStart(series.values()) + SPAN).tail(SPAN);
    Series recent = series.tail(SPAN);
    double fall = peak.mean() - recent.mean();
    double share = recent.mean() / peak.mean();
    if (!(peak.mean() > 0)
        || share >= WARN_SHARE
        || fall < LEAST_FALL
        || fall < SIGMAS * series.noise() * Math.sqrt(2.0 / SPAN)) {
      return List.of();
    }
    return List.of(
        new Finding(
            "p-yes-collapse",
            share < STOP_SHARE ? Severity.STOP : Severity.WARN,
            Text.moved(Signal.P_YES.label(), peak.mean(), recent.mean())
                + Text.format(" since its best, around iteration %d", peak.iterations()[SPAN / 2]),
            Text.format(
                "go back to the policy of iteration %d and go on with a smaller learning rate",
                peak.lastIteration()),
            peak.iterations()[0],
            now));
  }

  /** Start of the span of greatest mean that ends before the recent one begins. */
  private static int bestStart(double[] values) {
    int best = 0;
    double sum = 0;
    double bestSum = Double.NEGATIVE_INFINITY;
    for (int end = 0; end < values.length - SPAN; end++) {
      sum += values[end] - (end >= SPAN ? values[end - SPAN] : 0);
      if (end >= SPAN - 1 && sum > bestSum) {
        bestSum = sum;
        best = end - SPAN + 1;
      }
    }
    return best;
  }
}
