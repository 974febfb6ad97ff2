package io.rewarddance.rollout;

/** One sample: number {@code rollout} of its group; all numbers count from 0. */
public record RolloutId(int iteration, int group, int rollout) implements Comparable<RolloutId> {
  public RolloutId {
    Check.notNegative(iteration, "iteration");
    Check.notNegative(group, "group");
    Check.notNegative(rollout, "rollout");
  }

  /** The group it belongs to. */
  public GroupId groupId() {
    return new GroupId(iteration, group);
  }

  @Override
  public int compareTo(RolloutId other) {
    int byGroup = groupId().compareTo(other.groupId());
    return byGroup != 0 ? byGroup : Integer.compare(rollout, other.rollout);
  }

  /** {@code iteration=3/group=5/rollout=2}: request id and log key alike. */
  @Override
  public String toString() {
    return "iteration=" + iteration + "/group=" + group + "/rollout=" + rollout;
  }
}
