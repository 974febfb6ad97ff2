package io.rewarddance.metrics.advantage;

import io.rewarddance.metrics.stat.Values;
import io.rewarddance.rollout.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Advantages of a batch of groups. Pure. Groups keep their order, sizes may differ; a group of one
 * and a group of equal rewards get zeros.
 */
public final class AdvantageEstimator {
  private final AdvantageSettings settings;
  private final Normaliser normaliser;

  private AdvantageEstimator(AdvantageSettings settings) {
    this.settings = settings;
    this.normaliser = new Normaliser(settings);
  }

  /** The estimator that the settings describe. */
  public static AdvantageEstimator of(AdvantageSettings settings) {
    return new AdvantageEstimator(settings);
  }

  /**
   * Of one reward.
   *
   * @param groups rewards of each group; at least one group, none empty, finite
   * @return advantages in the same shape
   */
  public List<double[]> advantages(List<double[]> groups) {
    check("reward", groups);
    return clip(normaliser.normalise(groups));
  }

  /**
   * Of several rewards, mixed as the settings say.
   *
   * @param rewards by name: rewards of each group, all of one shape
   * @return advantages in that shape
   */
  public List<double[]> mixed(SortedMap<String, List<double[]>> rewards) {
    if (rewards.isEmpty()) {
      throw new IllegalArgumentException("rewards: none (expected: at least one)");
    }
    List<double[]> first = rewards.get(rewards.firstKey());
    rewards.forEach((name, groups) -> checkShape(name, groups, first));
    List<double[]> mixed =
        switch (settings.mixing()) {
          case REWARD -> normaliser.normalise(sum(rewards));
          case ADVANTAGE -> sum(normalised(rewards));
          case GDPO -> normaliser.normaliseBatch(sum(normalised(rewards)));
        };
    return clip(mixed);
  }

  /**
   * Of groups as the loop has them: of their total rewards for {@link Mixing#REWARD}, else of their
   * reward parts.
   */
  public List<double[]> ofGroups(List<Group> groups) {
    if (settings.mixing() == Mixing.REWARD) {
      return advantages(groups.stream().map(Group::rewards).toList());
    }
    SortedMap<String, List<double[]>> parts = new TreeMap<>();
    for (String name : groups.get(0).rollouts().get(0).reward().parts().keySet()) {
      parts.put(name, groups.stream().map(group -> part(group, name)).toList());
    }
    return mixed(parts);
  }

  private static double[] part(Group group, String name) {
    return group.rollouts().stream()
        .mapToDouble(
            rollout -> {
              Double value = rollout.reward().parts().get(name);
              if (value == null) {
                throw new IllegalArgumentException(
                    "reward parts of "
                        + rollout.id()
                        + ": "
                        + rollout.reward().parts().keySet()
                        + " (expected: "
                        + name
                        + " among them)");
              }
              return value;
            })
        .toArray();
  }

  private SortedMap<String, List<double[]>> normalised(SortedMap<String, List<double[]>> rewards) {
    SortedMap<String, List<double[]>> result = new TreeMap<>();
    rewards.forEach((name, groups) -> result.put(name, normaliser.normalise(groups)));
    return result;
  }

  private List<double[]> sum(SortedMap<String, List<double[]>> parts) {
    List<double[]> sums = new ArrayList<>();
    for (double[] group : parts.get(parts.firstKey())) {
      sums.add(new double[group.length]);
    }
    for (Map.Entry<String, List<double[]>> part : parts.entrySet()) {
      double weight = settings.weight(part.getKey());
      for (int g = 0; g < sums.size(); g++) {
        double[] values = part.getValue().get(g);
        for (int i = 0; i < values.length; i++) {
          sums.get(g)[i] += weight * values[i];
        }
      }
    }
    return sums;
  }

  private List<double[]> clip(List<double[]> groups) {
    double limit = settings.clip();
    return groups.stream()
        .map(g -> Arrays.stream(g).map(a -> Math.max(-limit, Math.min(limit, a))).toArray())
        .toList();
  }

  private static void check(String name, List<double[]> groups) {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException(name + ": no groups (expected: at least one)");
    }
    for (int g = 0; g < groups.size(); g++) {
      Values.finite(groups.get(g), name + " of group " + g, 1);
    }
  }

  private static void checkShape(String name, List<double[]> groups, List<double[]> first) {
    check(name, groups);
    int[] sizes = groups.stream().mapToInt(group -> group.length).toArray();
    int[] expected = first.stream().mapToInt(group -> group.length).toArray();
    if (!Arrays.equals(sizes, expected)) {
      throw new IllegalArgumentException(
          name
              + ": groups of "
              + Arrays.toString(sizes)
              + " (expected: "
              + Arrays.toString(expected)
              + ", as the first reward's)");
    }
  }
}
