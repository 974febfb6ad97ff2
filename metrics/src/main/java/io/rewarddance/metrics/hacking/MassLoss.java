package io.rewarddance.metrics.hacking;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * P(yes) goes up while the yes + no mass goes down: images push the judge out of its answer format.
 * The recent window is held against the one in which the mass was greatest, so that slow loss
 * counts too.
 */
final class MassLoss implements HackingRule {
  private static final double LEAST_RISE = 0.02;
  private static final double LEAST_FALL = 0.03;
  private static final double HALF = 0.5;

  @Override
  public List<Finding> check(List<IterationSignals> signals, int window) {
    int now = HackingRule.now(signals);
    Series mass = Series.of(signals, Signal.YES_NO_MASS);
    OptionalInt best = mass.bestWindow(now, window);
    if (best.isEmpty()) {
      return List.of();
    }
    Optional<Shift> fall = mass.shift(best.getAsInt(), now, window);
    Optional<Shift> rise = Series.of(signals, Signal.P_YES).shift(best.getAsInt(), now, window);
    if (fall.filter(shift -> shift.fell(LEAST_FALL)).isEmpty()
        || rise.filter(shift -> shift.rose(LEAST_RISE)).isEmpty()) {
      return List.of();
    }
    return List.of(finding(rise.get(), fall.get()));
  }

  private static Finding finding(Shift rise, Shift fall) {
    return new Finding(
        "mass-loss",
        fall.after() < HALF ? Severity.STOP : Severity.WARN,
        Text.moved(Signal.P_YES.label(), rise.before(), rise.after())
            + " while "
            + Text.moved(Signal.YES_NO_MASS.label(), fall.before(), fall.after()),
        "raise the judge's mass_floor so that such answers count as failures, and look at the"
            + " latest samples",
        fall.firstIteration(),
        fall.lastIteration());
  }
}
