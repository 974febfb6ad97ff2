package io.rewarddance.metrics.hacking;

import java.util.List;
import java.util.Optional;

/** P(yes) goes up while yes + no mass falls: images push the judge out of its answer format. */
final class MassLoss implements HackingRule {
  private static final double LEAST_RISE = 0.02;
  private static final double LEAST_FALL = 0.03;
  private static final double HALF = 0.5;

  @Override
  public List<Finding> check(List<IterationSignals> signals, int window) {
    int now = HackingRule.now(signals);
    Optional<Shift> proxy = Series.of(signals, Signal.P_YES).shift(now, window);
    Optional<Shift> mass = Series.of(signals, Signal.YES_NO_MASS).shift(now, window);
    if (proxy.isEmpty()
        || mass.isEmpty()
        || !proxy.get().rose(LEAST_RISE)
        || !mass.get().fell(LEAST_FALL)) {
      return List.of();
    }
    return List.of(
        new Finding(
            "mass-loss",
            mass.get().after() < HALF ? Severity.STOP : Severity.WARN,
            Text.moved(Signal.P_YES.label(), proxy.get().before(), proxy.get().after())
                + " while "
                + Text.moved(Signal.YES_NO_MASS.label(), mass.get().before(), mass.get().after()),
            "raise the judge's mass_floor so that such answers count as failures, and look at the"
                + " latest samples",
            proxy.get().firstIteration(),
            now));
  }
}
