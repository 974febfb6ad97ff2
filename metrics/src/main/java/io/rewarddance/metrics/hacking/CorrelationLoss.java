package io.rewarddance.metrics.hacking;

import java.util.List;
import java.util.Optional;

/** The judge stops ordering the images of a prompt as gold does. */
final class CorrelationLoss implements HackingRule {
  private static final double LEAST_FALL = 0.1;
  private static final double USELESS = 0.1;

  @Override
  public List<Finding> check(List<IterationSignals> signals, int window) {
    int now = HackingRule.now(signals);
    Series series = Series.of(signals, Signal.GOLD_CORRELATION);
    Series recent = series.between(now - window + 1, now);
    Series first = series.head(window);
    if (first.size() < window
        || recent.size() == 0
        || recent.iterations()[0] <= first.lastIteration()) {
      return List.of();
    }
    Optional<Shift> shift = Shift.of(first, recent);
    if (shift.isEmpty() || !shift.get().fell(LEAST_FALL)) {
      return List.of();
    }
    return List.of(
        new Finding(
            "correlation-loss",
            shift.get().after() < USELESS ? Severity.STOP : Severity.WARN,
            Text.moved(Signal.GOLD_CORRELATION.label(), shift.get().before(), shift.get().after()),
            "the judge knows less and less about what the policy now draws: train it on recent"
                + " images, or stop here",
            shift.get().firstIteration(),
            now));
  }
}
