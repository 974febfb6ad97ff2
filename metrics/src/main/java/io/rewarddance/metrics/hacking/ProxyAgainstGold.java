package io.rewarddance.metrics.hacking;

import java.util.List;
import java.util.Optional;

/**
 * P(yes) goes up while gold goes down, between two evaluations: reward hacking by definition.
 * P(yes) counts as up when it is on the evaluations' images, or on those trained on, of which there
 * are many more.
 */
final class ProxyAgainstGold implements HackingRule {
  private static final double LEAST_RISE = 0.02;
  private static final double LEAST_FALL = 0.03;

  @Override
  public List<Finding> check(List<IterationSignals> signals, int window) {
    return Evaluations.worst(
            signals,
            Measure.GOLD,
            pair -> goldFell(pair) && rise(pair, signals, window).isPresent())
        .map(pair -> finding(pair, rise(pair, signals, window).orElseThrow()))
        .stream()
        .toList();
  }

  private static boolean goldFell(Evaluations pair) {
    return pair.gap(Measure.GOLD).filter(gap -> gap.fell(LEAST_FALL)).isPresent();
  }

  /** In words; empty when P(yes) didn't rise. */
  private static Optional<String> rise(
      Evaluations pair, List<IterationSignals> signals, int window) {
    return pair.gap(Measure.P_YES)
        .filter(gap -> gap.rose(LEAST_RISE))
        .map(gap -> gap.text(Measure.P_YES.label()))
        .or(
            () ->
                pair.shift(signals, Signal.P_YES, window)
                    .filter(shift -> shift.rose(LEAST_RISE))
                    .map(s -> Text.moved(Signal.P_YES.label(), s.before(), s.after())));
  }

  private static Finding finding(Evaluations pair, String rise) {
    return new Finding(
        "proxy-against-gold",
        Severity.STOP,
        rise + " while " + pair.gap(Measure.GOLD).orElseThrow().text(Measure.GOLD.label()),
        "stop and go back to a policy from before the fall; then raise kl_weight, lower the"
            + " learning rate, or add a second judge",
        pair.before().iteration(),
        pair.after().iteration());
  }
}
