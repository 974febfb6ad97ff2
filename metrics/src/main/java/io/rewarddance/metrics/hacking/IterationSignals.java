package io.rewarddance.metrics.hacking;

import io.rewarddance.metrics.stat.MeanInterval;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one iteration reports to the monitor. What wasn't measured is absent; rules look at what
 * there is.
 *
 * @param iteration from 0
 * @param values finite numbers
 * @param measures what an evaluation of the policy that drew the iteration's rollouts measured;
 *     empty for most iterations
 * @param drawing its drawing metrics by name
 * @param leftOut share of the judged rollouts that a judge was left out of, by its name
 */
public record IterationSignals(
    int iteration,
    Map<Signal, Double> values,
    Map<Measure, MeanInterval> measures,
    SortedMap<String, MeanInterval> drawing,
    SortedMap<String, Double> leftOut) {
  public IterationSignals {
    if (iteration < 0) {
      throw new IllegalArgumentException("iteration: " + iteration + " (expected: >= 0)");
    }
    Map<Signal, Double> copy = new EnumMap<>(Signal.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
    Map<Measure, MeanInterval> evaluated = new EnumMap<>(Measure.class);
    evaluated.putAll(measures);
    measures = Collections.unmodifiableMap(evaluated);
    drawing = Collections.unmodifiableSortedMap(new TreeMap<>(drawing));
    leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
    values.forEach((signal, value) -> checkFinite(signal.name(), value));
    measures.forEach((name, value) -> checkFinite(name.name(), value.high() - value.low()));
    drawing.forEach((name, value) -> checkFinite(name, value.high() - value.low()));
    leftOut.forEach(IterationSignals::checkFinite);
  }

  /** An iteration without measurements. */
  public static IterationSignals at(int iteration) {
    return new IterationSignals(iteration, Map.of(), Map.of(), new TreeMap<>(), new TreeMap<>());
  }

  /** The same with one more value. */
  public IterationSignals with(Signal signal, double value) {
    Map<Signal, Double> more = new EnumMap<>(Signal.class);
    more.putAll(values);
    more.put(signal, value);
    return new IterationSignals(iteration, more, measures, drawing, leftOut);
  }

  /** The same with one more measure. */
  public IterationSignals with(Measure measure, MeanInterval value) {
    Map<Measure, MeanInterval> more = new EnumMap<>(Measure.class);
    more.putAll(measures);
    more.put(measure, value);
    return new IterationSignals(iteration, values, more, drawing, leftOut);
  }

  /** The same with one more drawing metric. */
  public IterationSignals withDrawing(String name, MeanInterval value) {
    SortedMap<String, MeanInterval> more = new TreeMap<>(drawing);
    more.put(name, value);
    return new IterationSignals(iteration, values, measures, more, leftOut);
  }

  /** The same with one more judge left out. */
  public IterationSignals withLeftOut(String judge, double share) {
    SortedMap<String, Double> more = new TreeMap<>(leftOut);
    more.put(judge, share);
    return new IterationSignals(iteration, values, measures, drawing, more);
  }

  private static void checkFinite(String name, Double value) {
    if (value == null || !Double.isFinite(value)) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: a finite number; leave out what wasn't measured)");
    }
  }
}
