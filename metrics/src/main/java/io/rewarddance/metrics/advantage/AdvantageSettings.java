package io.rewarddance.metrics.advantage;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How rewards become advantages: {@code A = clamp((r - mean(group)) / (max(std, floor) + epsilon),
 * -clip, clip)}.
 *
 * @param scale over what the standard deviation is taken
 * @param stdKind which standard deviation
 * @param epsilon added to it
 * @param floor the least it counts for: at least the judge's repeat noise, or noise is trained on
 *     as if it were signal; 0 = none
 * @param clip largest absolute advantage; infinity = none
 * @param trim share of a group's rewards left out at each end for its mean and standard deviation,
 *     below 0.5; 0 = none
 * @param mixing where several rewards become one
 * @param weights weight of each reward by name; a reward that isn't named counts 1
 */
public record AdvantageSettings(
    Scale scale,
    StdKind stdKind,
    double epsilon,
    double floor,
    double clip,
    double trim,
    Mixing mixing,
    SortedMap<String, Double> weights) {
  public AdvantageSettings {
    if (scale == null || stdKind == null || mixing == null || weights == null) {
      throw new IllegalArgumentException(
          "scale, stdKind, mixing, weights: "
              + scale
              + ", "
              + stdKind
              + ", "
              + mixing
              + ", "
              + weights
              + " (expected: all given)");
    }
    check(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY, "epsilon", epsilon, ">= 0, finite");
    check(floor >= 0 && floor < Double.POSITIVE_INFINITY, "floor", floor, ">= 0, finite");
    check(clip > 0, "clip", clip, "> 0");
    check(trim >= 0 && trim < 0.5, "trim", trim, ">= 0, < 0.5");
    weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    weights.forEach((name, weight) -> check(Double.isFinite(weight), name, weight, "finite"));
  }

  /** Weight of the reward of that name. */
  public double weight(String reward) {
    return weights.getOrDefault(reward, 1.0);
  }

  private static void check(boolean condition, String name, double value, String expected) {
    if (!condition) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }
}
