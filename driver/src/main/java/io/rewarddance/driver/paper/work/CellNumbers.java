package io.rewarddance.driver.paper.work;

import io.rewarddance.metrics.stat.MeanInterval;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a cell measured. The same cell on the same machine always measures the same, but for {@code
 * seconds}.
 *
 * @param values by name, with intervals; what lacks wasn't measured
 * @param curves by name, over iterations
 * @param notes words by name, such as what the monitor said
 * @param seconds wall time of its parts by name
 * @param output digest of all that it made
 */
public record CellNumbers(
    SortedMap<String, MeanInterval> values,
    SortedMap<String, List<Point>> curves,
    SortedMap<String, String> notes,
    SortedMap<String, Double> seconds,
    String output) {
  public CellNumbers {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    curves = Collections.unmodifiableSortedMap(new TreeMap<>(curves));
    notes = Collections.unmodifiableSortedMap(new TreeMap<>(notes));
    seconds = Collections.unmodifiableSortedMap(new TreeMap<>(seconds));
  }

  /** A measurement after so many iterations; low and high are y where it has no interval. */
  public record Point(double x, double y, double low, double high) {}

  /** The value of that name, when it was measured. */
  public Optional<MeanInterval> value(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
