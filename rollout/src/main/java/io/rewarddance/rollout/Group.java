package io.rewarddance.rollout;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The scored rollouts of one prompt in one iteration: what advantages are relative to.
 *
 * @param rollouts at least one, each with this group's id and prompt and a number of its own
 */
public record Group(GroupId id, Prompt prompt, List<ScoredRollout> rollouts) {
  public Group {
    Check.present(id, "id");
    Check.present(prompt, "prompt");
    rollouts = List.copyOf(Check.present(rollouts, "rollouts"));
    Check.that(!rollouts.isEmpty(), "rollouts", 0, ">= 1 in a group");
    Set<Integer> numbers = new HashSet<>();
    for (ScoredRollout rollout : rollouts) {
      RolloutId member = rollout.id();
      Check.that(member.groupId().equals(id), "rollout", member, "one of " + id);
      Check.that(
          rollout.generation().prompt().equals(prompt),
          "prompt of " + member,
          rollout.generation().prompt(),
          prompt.toString());
      Check.that(numbers.add(member.rollout()), "rollout", member, "each number once");
    }
  }

  /**
   * Total rewards, in the order of {@link #rollouts()}.
   *
   * @throws IllegalArgumentException when a judge was left out
   */
  public double[] rewards() {
    return rollouts.stream().mapToDouble(Group::total).toArray();
  }

  private static double total(ScoredRollout rollout) {
    Reward reward = rollout.reward();
    Check.that(reward.total().isPresent(), "reward of " + rollout.id(), reward, "one with a total");
    return reward.total().getAsDouble();
  }
}
