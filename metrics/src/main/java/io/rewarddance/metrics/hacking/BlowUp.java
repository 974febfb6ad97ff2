package io.rewarddance.metrics.hacking;

import java.util.List;

/** A training signal leaps far above its own recent past. */
final class BlowUp implements HackingRule {
  private static final double WARN_RATIO = 8;
  private static final double STOP_RATIO = 50;
  private static final int LEAST_PAST = 5;

  private final String rule;
  private final Signal signal;
  private final double least;

  /**
   * @param least what counts as usual at the least: many times next to nothing is still nothing
   */
  private BlowUp(String rule, Signal signal, double least) {
    this.rule = rule;
    this.signal = signal;
    this.least = least;
  }

  static BlowUp ofGradient() {
    return new BlowUp("gradient-blow-up", Signal.GRADIENT_NORM, 1e-6);
  }

  static BlowUp ofPolicyDistance() {
    return new BlowUp("policy-distance-blow-up", Signal.POLICY_DISTANCE, 1e-3);
  }

  @Override
  public List<Finding> check(List<IterationSignals> signals, int window) {
    int now = HackingRule.now(signals);
    Series series = Series.of(signals, signal);
    Series past = series.between(0, now - 1).tail(window);
    if (past.size() < LEAST_PAST || series.lastIteration() != now) {
      return List.of();
    }
    double usual = Math.max(past.median(), least);
    double ratio = series.last() / usual;
    if (!(past.median() > 0) || ratio < WARN_RATIO) {
      return List.of();
    }
    return List.of(
        new Finding(
            rule,
            ratio >= STOP_RATIO ? Severity.STOP : Severity.WARN,
            Text.moved(signal.label(), usual, series.last())
                + Text.format(": %.3g times the usual", ratio),
            "lower the learning rate or gradient_clip; if gold or P(yes) falls too, go back to the"
                + " policy of iteration "
                + Math.max(0, now - 1),
            past.iterations()[0],
            now));
  }
}
