package io.rewarddance.metrics.hacking;

import java.util.ArrayList;
import java.util.List;

/** Rewards stop differing: the policy has collapsed onto uniform outputs. */
final class VarianceCollapse implements HackingRule {
  private static final double WARN_SHARE = 0.3;
  private static final double STOP_SHARE = 0.1;

  @Override
  public List<Finding> check(List<IterationSignals> signals, int window) {
    List<Finding> findings = new ArrayList<>();
    check(signals, window, Signal.GROUP_SIGMA, "group-variance-collapse", findings);
    check(signals, window, Signal.REWARD_SIGMA, "reward-variance-collapse", findings);
    return findings;
  }

  private static void check(
      List<IterationSignals> signals,
      int window,
      Signal signal,
      String rule,
      List<Finding> findings) {
    int now = HackingRule.now(signals);
    Series series = Series.of(signals, signal);
    if (series.size() < 2 * window) {
      return;
    }
    double first = series.head(window).mean();
    double recent = series.tail(window).mean();
    if (recent >= WARN_SHARE * first) {
      return;
    }
    findings.add(
        new Finding(
            rule,
            recent < STOP_SHARE * first ? Severity.STOP : Severity.WARN,
            Text.moved(signal.label(), first, recent)
                + Text.format(
                    " (first %d iterations to the last %d): outputs are becoming alike",
                    window, window),
            "compare samples of one prompt; if they look alike, go back to an earlier policy and"
                + " raise noise_level or kl_weight, else use prompts that are still hard",
            series.iterations()[0],
            now));
  }
}
