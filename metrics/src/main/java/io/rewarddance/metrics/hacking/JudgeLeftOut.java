package io.rewarddance.metrics.hacking;

import java.util.ArrayList;
import java.util.List;

/**
 * A judge fails so much that the policy is trained without it. The window counts whole from the
 * start, so that a judge which is down for a few iterations, a restart, doesn't stop the run.
 */
final class JudgeLeftOut implements HackingRule {
  /** Share of this iteration's rollouts. */
  private static final double WARN_SHARE = 0.1;

  /** Share of a window's rollouts. */
  private static final double STOP_SHARE = 0.5;

  @Override
  public List<Finding> check(List<IterationSignals> signals, int window) {
    int now = HackingRule.now(signals);
    List<Finding> findings = new ArrayList<>();
    for (String judge : signals.get(signals.size() - 1).leftOut().keySet()) {
      Series shares = Series.of(signals, s -> s.leftOut().get(judge));
      Series recent = shares.between(now - window + 1, now);
      double share = recent.mean() * recent.size() / window;
      if (recent.last() >= WARN_SHARE || share > STOP_SHARE) {
        findings.add(finding(judge, recent, share, window));
      }
    }
    return findings;
  }

  private static Finding finding(String judge, Series recent, double share, int window) {
    return new Finding(
        "judge-left-out." + judge,
        share > STOP_SHARE ? Severity.STOP : Severity.WARN,
        Text.format(
            "judge '%s' was left out of %.1f %% of the rollouts, and of %.1f %% of a window of %d"
                + " iterations",
            judge, 100 * recent.last(), 100 * share, window),
        "its part of the reward isn't trained: look at failure.* and at the notes in the journal,"
            + " mend the judge's server, or train without this judge",
        recent.iterations()[0],
        recent.lastIteration());
  }
}
