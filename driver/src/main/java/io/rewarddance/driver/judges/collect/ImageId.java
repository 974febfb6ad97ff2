package io.rewarddance.driver.judges.collect;

/**
 * One image of a set.
 *
 * @param group it was drawn for
 * @param member from 0; those from the group's size on are candidates for its reference
 */
record ImageId(int group, int member) implements Comparable<ImageId> {
  @Override
  public int compareTo(ImageId other) {
    int byGroup = Integer.compare(group, other.group);
    return byGroup != 0 ? byGroup : Integer.compare(member, other.member);
  }
}
