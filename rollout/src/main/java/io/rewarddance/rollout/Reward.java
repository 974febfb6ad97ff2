package io.rewarddance.rollout;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A rollout's reward.
 *
 * @param total the weighed sum of the parts; absent where a judge was left out, as a sum of fewer
 *     parts would be another measure
 * @param parts the unweighted parts by name, at least one; finite
 * @param leftOut judges that have no part in it, nor in those of its group
 */
public record Reward(
    OptionalDouble total, SortedMap<String, Double> parts, SortedSet<String> leftOut) {
  /**
   * @throws NotFiniteException when a number is NaN or infinite
   */
  public Reward {
    Check.present(total, "total");
    total.ifPresent(value -> Check.finite(value, "total"));
    Check.present(parts, "parts");
    Check.that(!parts.isEmpty(), "parts", parts, "at least one");
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    parts.forEach(
        (name, value) -> {
          Check.name(name, "reward part");
          Check.present(value, name);
          Check.finite(value, name);
        });
    Check.present(leftOut, "leftOut");
    leftOut = Collections.unmodifiableSortedSet(new TreeSet<>(leftOut));
    for (String judge : leftOut) {
      Check.name(judge, "judge left out");
      Check.that(!parts.containsKey(judge), judge, parts.get(judge), "no part of a judge left out");
    }
    Check.that(
        total.isPresent() == leftOut.isEmpty(),
        "total",
        total,
        "present exactly when no judge was left out; left out: " + leftOut);
  }

  /** A reward that no judge was left out of. */
  public Reward(double total, SortedMap<String, Double> parts) {
    this(OptionalDouble.of(total), parts, Collections.emptySortedSet());
  }

  /** Names of its parts, those of judges left out included. */
  public SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(parts.keySet());
    names.addAll(leftOut);
    return names;
  }

  /** The parts of the other judges. */
  public static Reward without(SortedSet<String> leftOut, SortedMap<String, Double> parts) {
    return new Reward(OptionalDouble.empty(), parts, leftOut);
  }

  /** A reward of one part. */
  public static Reward of(String name, double value) {
    return new Reward(value, new TreeMap<>(Map.of(name, value)));
  }
}
