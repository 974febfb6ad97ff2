package io.rewarddance.driver.engine;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the journal knows of an iteration whose rollouts are on disk: all that its record needs of
 * steps 1 to 7.
 *
 * @param file rollout file relative to the run's directory; empty when there was nothing to train
 *     on
 * @param sha256 its digest; empty likewise
 * @param content digest of what is in it apart from the run's name; empty likewise
 */
record StoredIteration(
    int iteration,
    String file,
    String sha256,
    String content,
    SortedMap<String, Double> metrics,
    SortedMap<String, Long> counts,
    List<Aside> setAside) {
  /** A group that isn't trained on. */
  record Aside(int group, String reason, String detail) {}

  StoredIteration {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    setAside = List.copyOf(setAside);
  }

  boolean isTrainable() {
    return !file.isEmpty();
  }
}
