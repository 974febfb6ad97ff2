package io.rewarddance.metrics.hacking;

import java.util.List;
import java.util.Optional;

/** P(yes) goes up while gold goes down: reward hacking by definition. */
final class ProxyAgainstGold implements HackingRule {
  private static final double LEAST_RISE = 0.02;
  private static final double LEAST_FALL = 0.03;

  @Override
  public List<Finding> check(List<IterationSignals> signals, int window) {
    int now = HackingRule.now(signals);
    Optional<Shift> proxy = Series.of(signals, Signal.P_YES).shift(now, window);
    Optional<Shift> gold = Series.of(signals, Signal.GOLD).shift(now, window);
    if (proxy.isEmpty()
        || gold.isEmpty()
        || !proxy.get().rose(LEAST_RISE)
        || !gold.get().fell(LEAST_FALL)) {
      return List.of();
    }
    return List.of(
        new Finding(
            "proxy-against-gold",
            Severity.STOP,
            Text.moved(Signal.P_YES.label(), proxy.get().before(), proxy.get().after())
                + " while "
                + Text.moved(Signal.GOLD.label(), gold.get().before(), gold.get().after()),
            "stop and go back to the policy before the window; then raise kl_weight, lower the"
                + " learning rate, or add a second judge",
            proxy.get().firstIteration(),
            now));
  }
}
