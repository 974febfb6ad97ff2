package io.rewarddance.metrics.advantage;

import io.rewarddance.metrics.stat.Values;
import io.rewarddance.rollout.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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
    check("reward", groups, 1);
    return clip(normaliser.normalise(groups));
  }

  /**
   * Of several rewards, mixed as the settings say. A reward that a group has no values of adds
   * nothing to its advantages: they are those of the others, by their own weights.
   *
   * @param rewards by name: rewards of each group, all of one shape, or none of a group where
   *     advantages are mixed; at least one name has values of it
   * @return advantages in that shape
   */
  public List<double[]> mixed(SortedMap<String, List<double[]>> rewards) {
    if (rewards.isEmpty()) {
      throw new IllegalArgumentException("rewards: none (expected: at least one)");
    }
    int[] shape = shape(rewards.values());
    rewards.forEach((name, groups) -> checkShape(name, groups, shape));
    List<double[]> mixed =
        switch (settings.mixing()) {
          case REWARD -> normaliser.normalise(sum(rewards, shape));
          case ADVANTAGE -> sum(normalised(rewards), shape);
          case GDPO -> normaliser.normaliseBatch(sum(normalised(rewards), shape));
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
    for (String name : groups.get(0).rollouts().get(0).reward().names()) {
      parts.put(name, groups.stream().map(group -> part(group, name)).toList());
    }
    return mixed(parts);
  }

  /** None where the judge was left out. */
  private static double[] part(Group group, String name) {
    if (group.rollouts().get(0).reward().leftOut().contains(name)) {
      return new double[0];
    }
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

  private List<double[]> sum(SortedMap<String, List<double[]>> parts, int[] shape) {
    List<double[]> sums = new ArrayList<>();
    for (int size : shape) {
      sums.add(new double[size]);
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

  private static void check(String name, List<double[]> groups, int least) {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException(name + ": no groups (expected: at least one)");
    }
    for (int g = 0; g < groups.size(); g++) {
      Values.finite(groups.get(g), name + " of group " + g, least);
    }
  }

  /** Sizes of the groups, each by the first reward that it has. */
  private static int[] shape(Collection<List<double[]>> rewards) {
    int[] shape = new int[rewards.iterator().next().size()];
    for (List<double[]> groups : rewards) {
      for (int g = 0; g < Math.min(shape.length, groups.size()); g++) {
        shape[g] = shape[g] == 0 ? groups.get(g).length : shape[g];
      }
    }
    for (int g = 0; g < shape.length; g++) {
      if (shape[g] == 0) {
        throw new IllegalArgumentException(
            "rewards of group " + g + ": none (expected: values of at least one)");
      }
    }
    return shape;
  }

  private void checkShape(String name, List<double[]> groups, int[] shape) {
    int[] sizes = groups.stream().mapToInt(group -> group.length).toArray();
    boolean fits = sizes.length == shape.length;
    for (int g = 0; fits && g < shape.length; g++) {
      boolean missing = settings.mixing() != Mixing.REWARD && sizes[g] == 0;
      fits = missing || sizes[g] == shape[g];
    }
    check(name, groups, 0);
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: groups of %s (expected: %s, as the first reward's)"
              .formatted(name, Arrays.toString(sizes), Arrays.toString(shape)));
    }
  }
}
