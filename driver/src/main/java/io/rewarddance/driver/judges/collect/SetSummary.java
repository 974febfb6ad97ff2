package io.rewarddance.driver.judges.collect;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of a set.
 *
 * @param file the preference file
 * @param sha256 of the file
 * @param pairs rows of the file: answers
 * @param images in its pool
 * @param dropped pairs that were too close to ask about
 * @param agreement share of answers that agree with the true scores
 * @param domains rows by domain
 */
public record SetSummary(
    Path file,
    String sha256,
    int pairs,
    int images,
    int dropped,
    double agreement,
    SortedMap<String, Integer> domains) {
  public SetSummary {
    domains = Collections.unmodifiableSortedMap(new TreeMap<>(domains));
  }
}
