package io.rewarddance.metrics.hacking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The measured values of one signal, oldest first.
 *
 * @param iterations when each was measured, rising
 * @param values what was measured
 */
record Series(int[] iterations, double[] values) {
  static Series of(List<IterationSignals> signals, Function<IterationSignals, Double> value) {
    List<IterationSignals> measured = signals.stream().filter(s -> value.apply(s) != null).toList();
    return new Series(
        measured.stream().mapToInt(IterationSignals::iteration).toArray(),
        measured.stream().mapToDouble(value::apply).toArray());
  }

  static Series of(List<IterationSignals> signals, Signal signal) {
    return of(signals, s -> s.values().get(signal));
  }

  static Series ofDrawing(List<IterationSignals> signals, String name) {
    return of(signals, s -> s.drawing().get(name));
  }

  int size() {
    return values.length;
  }

  double last() {
    return values[values.length - 1];
  }

  int lastIteration() {
    return iterations[iterations.length - 1];
  }

  /** Measurements of iterations in {@code [from, to]}. */
  Series between(int from, int to) {
    List<Integer> inside = new ArrayList<>();
    for (int i = 0; i < iterations.length; i++) {
      if (iterations[i] >= from && iterations[i] <= to) {
        inside.add(i);
      }
    }
    return new Series(
        inside.stream().mapToInt(i -> iterations[i]).toArray(),
        inside.stream().mapToDouble(i -> values[i]).toArray());
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

  /** The window that ends at iteration {@code now} against the one before it. */
  Optional<Shift> shift(int now, int window) {
    Series before = between(now - 2 * window + 1, now - window);
    Series after = between(now - window + 1, now);
    return Shift.of(before, after);
  }
}
