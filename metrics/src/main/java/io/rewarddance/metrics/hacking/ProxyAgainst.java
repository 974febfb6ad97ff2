package io.rewarddance.metrics.hacking;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * P(yes) goes up while another signal goes down: gold, which is reward hacking by definition, or
 * the yes + no mass, which says that images push the judge out of its answer format. The recent
 * window is held against the one in which the other signal was best, so that slow loss counts too.
 */
final class ProxyAgainst implements HackingRule {
  private static final double LEAST_RISE = 0.02;
  private static final double LEAST_FALL = 0.03;
  private static final double HALF = 0.5;

  private final String rule;
  private final Signal other;
  private final Predicate<Shift> isStop;
  private final String advice;

  private ProxyAgainst(String rule, Signal other, Predicate<Shift> isStop, String advice) {
    this.rule = rule;
    this.other = other;
    this.isStop = isStop;
    this.advice = advice;
  }

  static ProxyAgainst gold() {
    return new ProxyAgainst(
        "proxy-against-gold",
        Signal.GOLD,
        fall -> true,
        "stop and go back to a policy from before the fall; then raise kl_weight, lower the"
            + " learning rate, or add a second judge");
  }

  static ProxyAgainst mass() {
    return new ProxyAgainst(
        "mass-loss",
        Signal.YES_NO_MASS,
        fall -> fall.after() < HALF,
        "raise the judge's mass_floor so that such answers count as failures, and look at the"
            + " latest samples");
  }

  @Override
  public List<Finding> check(List<IterationSignals> signals, int window) {
    int now = HackingRule.now(signals);
    Series falling = Series.of(signals, other);
    OptionalInt best = falling.bestWindow(now, window);
    if (best.isEmpty()) {
      return List.of();
    }
    Optional<Shift> fall = falling.shift(best.getAsInt(), now, window);
    Optional<Shift> rise = Series.of(signals, Signal.P_YES).shift(best.getAsInt(), now, window);
    if (fall.filter(shift -> shift.fell(LEAST_FALL)).isEmpty()
        || rise.filter(shift -> shift.rose(LEAST_RISE)).isEmpty()) {
      return List.of();
    }
    return List.of(finding(rise.get(), fall.get()));
  }

  private Finding finding(Shift rise, Shift fall) {
    return new Finding(
        rule,
        isStop.test(fall) ? Severity.STOP : Severity.WARN,
        Text.moved(Signal.P_YES.label(), rise.before(), rise.after())
            + " while "
            + Text.moved(other.label(), fall.before(), fall.after()),
        advice,
        fall.firstIteration(),
        fall.lastIteration());
  }
}
