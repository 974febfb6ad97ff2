package io.rewarddance.metrics.hacking;

import java.util.List;

/** Gold falls far below what an earlier evaluation measured, whatever P(yes) does. */
final class GoldCollapse implements HackingRule {
  private static final double WARN_SHARE = 0.8;
  private static final double STOP_SHARE = 0.6;
  private static final double LEAST_FALL = 0.03;

  @Override
  public List<Finding> check(List<IterationSignals> signals, int window) {
    return Evaluations.worst(signals, Measure.GOLD, GoldCollapse::isFarBelow)
        .map(GoldCollapse::finding)
        .stream()
        .toList();
  }

  private static boolean isFarBelow(Evaluations pair) {
    return share(pair) < WARN_SHARE
        && pair.gap(Measure.GOLD).filter(gap -> gap.fellFromBest(LEAST_FALL)).isPresent();
  }

  /** What is left of gold; a fall from 0 is none. */
  private static double share(Evaluations pair) {
    double before = pair.before(Measure.GOLD).mean();
    return before > 0 ? pair.after(Measure.GOLD).mean() / before : 1;
  }

  private static Finding finding(Evaluations pair) {
    return new Finding(
        "gold-collapse",
        share(pair) < STOP_SHARE ? Severity.STOP : Severity.WARN,
        pair.gap(Measure.GOLD).orElseThrow().text(Measure.GOLD.label())
            + Text.format(" since the evaluation of iteration %d", pair.before().iteration()),
        Text.format(
            "go back to the policy of iteration %d and go on with a smaller learning rate",
            pair.before().iteration()),
        pair.before().iteration(),
        pair.after().iteration());
  }
}
