package io.rewarddance.metrics.hacking;

import java.util.List;

/**
 * A score falls far below the best it held: training destroys what it had reached. Watches gold,
 * and P(yes) for runs that don't measure gold.
 */
final class Collapse implements HackingRule {
  private static final double WARN_SHARE = 0.8;
  private static final double STOP_SHARE = 0.6;

  /** Means of this many measurements are compared: enough to calm noise, few enough to be early. */
  private static final int SPAN = 3;

  private final String rule;
  private final Signal signal;

  private Collapse(String rule, Signal signal) {
    this.rule = rule;
    this.signal = signal;
  }

  static Collapse ofGold() {
    return new Collapse("gold-collapse", Signal.GOLD);
  }

  static Collapse ofPYes() {
    return new Collapse("p-yes-collapse", Signal.P_YES);
  }

  @Override
  public List<Finding> check(List<IterationSignals> signals, int window) {
    int now = HackingRule.now(signals);
    Series series = Series.of(signals, signal);
    if (series.size() < 2 * SPAN || series.lastIteration() != now) {
      return List.of();
    }
    int best = bestStart(series);
    Series peak = span(series, best);
    Series recent = series.tail(SPAN);
    double share = recent.mean() / peak.mean();
    boolean beyondNoise = Shift.of(peak, recent).filter(shift -> shift.fell(0)).isPresent();
    if (!(peak.mean() > 0) || share >= WARN_SHARE || !beyondNoise) {
      return List.of();
    }
    return List.of(
        new Finding(
            rule,
            share < STOP_SHARE ? Severity.STOP : Severity.WARN,
            Text.moved(signal.label(), peak.mean(), recent.mean())
                + Text.format(" since its best, around iteration %d", peak.iterations()[SPAN / 2]),
            Text.format(
                "go back to the policy of iteration %d and go on with a smaller learning rate",
                peak.lastIteration()),
            peak.iterations()[0],
            now));
  }

  /** Start of the span of greatest mean that ends before the recent one. */
  private static int bestStart(Series series) {
    int best = 0;
    for (int start = 1; start <= series.size() - 2 * SPAN; start++) {
      if (span(series, start).mean() > span(series, best).mean()) {
        best = start;
      }
    }
    return best;
  }

  private static Series span(Series series, int start) {
    return series.head(start + SPAN).tail(SPAN);
  }
}
