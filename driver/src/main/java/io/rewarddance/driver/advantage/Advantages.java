package io.rewarddance.driver.advantage;

import io.rewarddance.driver.config.AdvantageConfig;
import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.group.Grouping;
import io.rewarddance.metrics.advantage.AdvantageEstimator;
import io.rewarddance.metrics.advantage.AdvantageSettings;
import io.rewarddance.metrics.advantage.Mixing;
import io.rewarddance.metrics.advantage.Scale;
import io.rewarddance.metrics.advantage.StdKind;
import io.rewarddance.rollout.AdvantagedRollout;
import io.rewarddance.rollout.Group;
import io.rewarddance.rollout.ScoredRollout;
import io.rewarddance.rollout.SetAside;
import io.rewarddance.rollout.SetAsideReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gives every scored rollout its advantage, and says which are trained on. */
public final class Advantages {
  /**
   * An advantage below this moves nothing but noise. Since deviations are divided by at least the
   * configured floor, a group whose rewards differ by much less than the floor has only such.
   */
  static final double LEAST = 1e-3;

  /**
   * @param rollouts every scored rollout, in the order of ids
   * @param setAside groups that are not trained on, in the order of ids
   */
  public record Result(List<AdvantagedRollout> rollouts, List<SetAside> setAside) {
    public Result {
      rollouts = List.copyOf(rollouts);
      setAside = List.copyOf(setAside);
    }

    /** Rollouts that are trained on. */
    public long trained() {
      return rollouts.stream().filter(AdvantagedRollout::trained).count();
    }
  }

  private final AdvantageEstimator estimator;
  private final boolean trainsAll;

  public Advantages(AdvantageConfig config, List<JudgeConfig> judges) {
    this(config, judges, false);
  }

  /**
   * @param trainsAll whether rollouts of full groups are trained on whatever their advantage
   */
  public Advantages(AdvantageConfig config, List<JudgeConfig> judges, boolean trainsAll) {
    this.estimator = AdvantageEstimator.of(settings(config, judges));
    this.trainsAll = trainsAll;
  }

  private static AdvantageSettings settings(AdvantageConfig config, List<JudgeConfig> judges) {
    SortedMap<String, Double> weights = new TreeMap<>();
    judges.forEach(judge -> weights.put(judge.name(), judge.weight()));
    return new AdvantageSettings(
        Scale.valueOf(config.scale().name()),
        StdKind.valueOf(config.std().name()),
        config.epsilon(),
        config.floor(),
        config.clip(),
        0,
        Mixing.valueOf(config.mixing().name()),
        weights);
  }

  public Result of(Grouping grouping) {
    List<AdvantagedRollout> rollouts = new ArrayList<>();
    List<SetAside> setAside = new ArrayList<>(grouping.setAside());
    List<Group> groups = grouping.groups();
    List<double[]> advantages = groups.isEmpty() ? List.of() : estimator.ofGroups(groups);
    for (int g = 0; g < groups.size(); g++) {
      List<AdvantagedRollout> members = members(groups.get(g), advantages.get(g));
      rollouts.addAll(members);
      if (members.stream().noneMatch(AdvantagedRollout::trained)) {
        setAside.add(belowFloor(groups.get(g), advantages.get(g)));
      }
    }
    for (Group small : grouping.small()) {
      small.rollouts().forEach(r -> rollouts.add(new AdvantagedRollout(r, 0, false)));
    }
    rollouts.sort(Comparator.comparing(AdvantagedRollout::id));
    setAside.sort(Comparator.comparing(SetAside::id));
    return new Result(rollouts, setAside);
  }

  private List<AdvantagedRollout> members(Group group, double[] advantages) {
    List<AdvantagedRollout> members = new ArrayList<>(advantages.length);
    for (int i = 0; i < advantages.length; i++) {
      ScoredRollout rollout = group.rollouts().get(i);
      boolean trained = trainsAll || Math.abs(advantages[i]) >= LEAST;
      members.add(new AdvantagedRollout(rollout, advantages[i], trained));
    }
    return members;
  }

  private static SetAside belowFloor(Group group, double[] advantages) {
    double largest = 0;
    for (double advantage : advantages) {
      largest = Math.max(largest, Math.abs(advantage));
    }
    return new SetAside(
        group.id(),
        SetAsideReason.BELOW_NOISE_FLOOR,
        "largest advantage: " + largest + " (expected: >= " + LEAST + ")");
  }
}
