package io.rewarddance.metrics.hacking;

import java.util.List;

/** Images of one group are equal to the last pixel. */
final class DuplicateImages implements HackingRule {
  private static final double WARN_SHARE = 0.02;
  private static final double STOP_SHARE = 0.5;

  @Override
  public List<Finding> check(List<IterationSignals> signals, int window) {
    int now = HackingRule.now(signals);
    Series latest = Series.of(signals, Signal.DUPLICATES).between(now, now);
    if (latest.size() == 0 || latest.last() < WARN_SHARE) {
      return List.of();
    }
    return List.of(
        new Finding(
            "duplicate-images",
            latest.last() >= STOP_SHARE ? Severity.STOP : Severity.WARN,
            Text.format(
                "%.1f %% of images equal another image of their group", 100 * latest.last()),
            "in a first iteration: check that the generator uses the request's seed; later: the"
                + " policy ignores its noise, go back to an earlier one",
            now,
            now));
  }
}
