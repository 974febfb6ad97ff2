package io.rewarddance.metrics.hacking;

import java.util.List;

/** One way in which a run goes wrong. Pure: the same signals give the same findings. */
interface HackingRule {
  /**
   * What the last iteration shows, in the light of those before it.
   *
   * @param signals at least one, iterations rising
   * @param window iterations in a window
   * @return at most one finding for each subject; none when measurements are missing
   */
  List<Finding> check(List<IterationSignals> signals, int window);

  /** Iteration of the last signals. */
  static int now(List<IterationSignals> signals) {
    return signals.get(signals.size() - 1).iteration();
  }
}
