package io.rewarddance.driver.reference;

import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.Prompt;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reference images, best first, by the prompt's text.
 *
 * @param images at least one for each prompt
 */
public record References(SortedMap<String, List<Pixels>> images) {
  /** No references: what a pointwise judge needs. */
  public static final References NONE = new References(new TreeMap<>());

  public References {
    SortedMap<String, List<Pixels>> copy = new TreeMap<>();
    for (Map.Entry<String, List<Pixels>> entry : images.entrySet()) {
      copy.put(entry.getKey(), List.copyOf(entry.getValue()));
    }
    images = Collections.unmodifiableSortedMap(copy);
  }

  /** The prompt's references; empty when it has none. */
  public List<Pixels> of(Prompt prompt) {
    return images.getOrDefault(prompt.text(), List.of());
  }

  /** These and those; of a prompt in both, those. */
  public References and(References others) {
    SortedMap<String, List<Pixels>> all = new TreeMap<>(images);
    all.putAll(others.images);
    return new References(all);
  }
}
