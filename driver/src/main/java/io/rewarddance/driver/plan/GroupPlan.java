package io.rewarddance.driver.plan;

import io.rewarddance.rollout.GroupId;
import io.rewarddance.rollout.Prompt;
import java.util.List;

/**
 * What one group is going to draw.
 *
 * @param seeds one for each rollout
 */
public record GroupPlan(GroupId id, Prompt prompt, List<Long> seeds) {
  public GroupPlan {
    seeds = List.copyOf(seeds);
  }
}
