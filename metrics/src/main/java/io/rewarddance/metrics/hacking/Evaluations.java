package io.rewarddance.metrics.hacking;

import io.rewarddance.metrics.stat.MeanInterval;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The latest evaluation beside an earlier one.
 *
 * @param before the earlier
 * @param after the latest
 */
record Evaluations(IterationSignals before, IterationSignals after) {
  /**
   * Of the earlier evaluations against which the latest shows something, the one where {@code
   * measure} was best. Each is asked: a lucky probe of few images must not hide a large one.
   */
  static Optional<Evaluations> worst(
      List<IterationSignals> signals, Measure measure, Predicate<Evaluations> shows) {
    List<IterationSignals> measured =
        signals.stream().filter(s -> s.measures().containsKey(measure)).toList();
    if (measured.isEmpty()) {
      return Optional.empty();
    }
    IterationSignals latest = measured.get(measured.size() - 1);
    return measured.subList(0, measured.size() - 1).stream()
        .map(earlier -> new Evaluations(earlier, latest))
        .filter(shows)
        .max(Comparator.comparingDouble(pair -> pair.before(measure).mean()));
  }

  /** A measure of the earlier one; it must have it. */
  MeanInterval before(Measure measure) {
    return before.measures().get(measure);
  }

  /** A measure of the latest one; it must have it. */
  MeanInterval after(Measure measure) {
    return after.measures().get(measure);
  }

  /** How a measure moved; empty when one of the two lacks it. */
  Optional<Gap> gap(Measure measure) {
    return before(measure) == null || after(measure) == null
        ? Optional.empty()
        : Optional.of(new Gap(before(measure), after(measure)));
  }

  /** How a signal of training moved from the iterations after the earlier to those up to now. */
  Optional<Shift> shift(List<IterationSignals> signals, Signal signal, int window) {
    int span = Math.min(window, (after.iteration() - before.iteration()) / 2);
    Series series = Series.of(signals, signal);
    return Shift.of(
        series.between(before.iteration(), before.iteration() + span - 1),
        series.between(after.iteration() - span + 1, after.iteration()));
  }
}
