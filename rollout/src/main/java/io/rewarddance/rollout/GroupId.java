package io.rewarddance.rollout;

/** All rollouts of one prompt in one iteration; both numbers count from 0. */
public record GroupId(int iteration, int group) implements Comparable<GroupId> {
  public GroupId {
    Check.notNegative(iteration, "iteration");
    Check.notNegative(group, "group");
  }

  /** The id of this group's rollout number {@code rollout}. */
  public RolloutId rollout(int rollout) {
    return new RolloutId(iteration, group, rollout);
  }

  @Override
  public int compareTo(GroupId other) {
    int byIteration = Integer.compare(iteration, other.iteration);
    return byIteration != 0 ? byIteration : Integer.compare(group, other.group);
  }

  /** {@code iteration=3/group=5}. */
  @Override
  public String toString() {
    return "iteration=" + iteration + "/group=" + group;
  }
}
