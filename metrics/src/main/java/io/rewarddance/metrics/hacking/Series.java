package io.rewarddance.metrics.hacking;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The measured values of one signal, oldest first.
 *
 * @param iterations when each was measured, rising
 * @param values what was measured
 */
record Series(int[] iterations, double[] values) {
  /** Median of |a - b| for a, b normal with deviation 1. */
  private static final double MEDIAN_STEP = 0.9539;

  static Series of(List<IterationSignals> signals, Function<IterationSignals, Double> value) {
    List<IterationSignals> measured = signals.stream().filter(s -> value.apply(s) != null).toList();
    return new Series(
        measured.stream().mapToInt(IterationSignals::iteration).toArray(),
        measured.stream().mapToDouble(value::apply).toArray());
  }

  static Series of(List<IterationSignals> signals, Signal signal) {
    return of(signals, s -> s.values().get(signal));
  }

  int size() {
    return values.length;
  }

  private int firstAtOrAfter(int iteration) {
    int at = Arrays.binarySearch(iterations, iteration);
    return at < 0 ? -at - 1 : at;
  }

  double last() {
    return values[values.length - 1];
  }

  int lastIteration() {
    return iterations[iterations.length - 1];
  }

  /** Measurements of iterations in {@code [from, to]}. */
  Series between(int from, int to) {
    int start = firstAtOrAfter(from);
    int end = Math.max(start, firstAtOrAfter(to + 1));
    return new Series(
        Arrays.copyOfRange(iterations, start, end), Arrays.copyOfRange(values, start, end));
  }

  /** The first {@code count} measurements. */
  Series head(int count) {
    int n = Math.min(count, size());
    return new Series(Arrays.copyOf(iterations, n), Arrays.copyOf(values, n));
  }

  /** The last {@code count} measurements. */
  Series tail(int count) {
    int from = Math.max(0, size() - count);
    return new Series(
        Arrays.copyOfRange(iterations, from, size()), Arrays.copyOfRange(values, from, size()));
  }

  double mean() {
    return StatUtils.mean(values);
  }

  double median() {
    return StatUtils.percentile(values, 50);
  }

  /**
   * First iteration of the window in which the mean was greatest, among those that end before the
   * window at {@code now} begins; empty when there is none.
   */
  OptionalInt bestWindow(int now, int window) {
    OptionalInt best = OptionalInt.empty();
    double bestMean = Double.NEGATIVE_INFINITY;
    for (int from = now - 2 * window + 1; from > -window; from -= window) {
      Series inside = between(from, from + window - 1);
      if (inside.size() > 1 && inside.mean() > bestMean) {
        bestMean = inside.mean();
        best = OptionalInt.of(from);
      }
    }
    return best;
  }

  /** From the window that begins at iteration {@code from} to the one that ends at {@code now}. */
  Optional<Shift> shift(int from, int now, int window) {
    return Shift.of(between(from, from + window - 1), between(now - window + 1, now));
  }

  /**
   * Standard deviation of the noise, from the median step between neighbours: a trend or a jump
   * hardly changes it. 0 below two values.
   */
  double noise() {
    if (size() < 2) {
      return 0;
    }
    double[] steps = new double[size() - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Math.abs(values[i + 1] - values[i]);
    }
    return StatUtils.percentile(steps, 50) / MEDIAN_STEP;
  }
}
