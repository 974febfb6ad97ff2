package io.rewarddance.rollout;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rollout's reward.
 *
 * @param total what the policy is trained on; finite
 * @param parts the unweighted parts by name, at least one; finite
 */
public record Reward(double total, SortedMap<String, Double> parts) {
  /**
   * @throws NotFiniteException when a number is NaN or infinite
   */
  public Reward {
    Check.finite(total, "total");
    Check.present(parts, "parts");
    Check.that(!parts.isEmpty(), "parts", parts, "at least one");
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    parts.forEach(
        (name, value) -> {
          Check.name(name, "reward part");
          Check.present(value, name);
          Check.finite(value, name);
        });
  }

  /** A reward of one part. */
  public static Reward of(String name, double value) {
    return new Reward(value, new TreeMap<>(Map.of(name, value)));
  }
}
