package io.rewarddance.driver.group;

import io.rewarddance.rollout.GroupId;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.ScoredRollout;
import java.util.List;

/**
 * What became of one planned group.
 *
 * @param asked rollouts planned
 * @param drawn rollouts that were drawn
 * @param scored rollouts with a reward, in order
 */
public record GroupMembers(
    GroupId id, Prompt prompt, int asked, int drawn, List<ScoredRollout> scored) {
  public GroupMembers {
    scored = List.copyOf(scored);
  }
}
