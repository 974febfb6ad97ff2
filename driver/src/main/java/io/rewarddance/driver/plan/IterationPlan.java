package io.rewarddance.driver.plan;

import io.rewarddance.rollout.SamplerSettings;
import java.util.List;

/**
 * What one iteration is going to do.
 *
 * @param iteration from 0
 * @param sampler how its groups are drawn, the window included
 * @param updateSeed seed of the update's random choices
 * @param groups in order
 */
public record IterationPlan(
    int iteration, SamplerSettings sampler, long updateSeed, List<GroupPlan> groups) {
  public IterationPlan {
    groups = List.copyOf(groups);
  }

  /** Rollouts asked for. */
  public int rollouts() {
    return groups.stream().mapToInt(group -> group.seeds().size()).sum();
  }
}
