package io.rewarddance.driver.judges.collect;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of a collection.
 *
 * @param sets by name
 * @param seconds by stage, over all sittings
 */
public record CollectionSummary(
    String name,
    Path directory,
    SortedMap<String, SetSummary> sets,
    SortedMap<String, Double> seconds) {
  public CollectionSummary {
    sets = Collections.unmodifiableSortedMap(new TreeMap<>(sets));
    seconds = Collections.unmodifiableSortedMap(new TreeMap<>(seconds));
  }
}
