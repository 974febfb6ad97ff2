package io.rewarddance.metrics.hacking;

import io.rewarddance.metrics.stat.RankCorrelation;
import java.util.List;

/**
 * The judge stops ordering images as gold does. Part of a fall is no fault of the judge: as gold
 * rises its spread narrows, and the same judge orders less. Hence only a fall to a good part of the
 * best counts, which must also be clear of noise by Fisher's z.
 */
final class CorrelationLoss implements HackingRule {
  private static final double WARN_SHARE = 0.6;
  private static final double USELESS = 0.1;

  @Override
  public List<Finding> check(List<IterationSignals> signals, int window) {
    return Evaluations.worst(signals, Measure.GOLD_CORRELATION, CorrelationLoss::isLost)
        .map(CorrelationLoss::finding)
        .stream()
        .toList();
  }

  private static boolean isLost(Evaluations pair) {
    double before = pair.before(Measure.GOLD_CORRELATION).mean();
    double after = pair.after(Measure.GOLD_CORRELATION).mean();
    return before > USELESS
        && after < WARN_SHARE * before
        && RankCorrelation.separation(
                pair.before(Measure.GOLD_CORRELATION), pair.after(Measure.GOLD_CORRELATION))
            > Gap.SIGMAS_FROM_BEST;
  }

  private static Finding finding(Evaluations pair) {
    return new Finding(
        "correlation-loss",
        pair.after(Measure.GOLD_CORRELATION).mean() < USELESS ? Severity.STOP : Severity.WARN,
        pair.gap(Measure.GOLD_CORRELATION).orElseThrow().text(Measure.GOLD_CORRELATION.label()),
        "the judge knows less and less about what the policy now draws: train it on recent"
            + " images, or stop here",
        pair.before().iteration(),
        pair.after().iteration());
  }
}
