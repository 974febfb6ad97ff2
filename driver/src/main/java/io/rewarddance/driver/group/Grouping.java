package io.rewarddance.driver.group;

import io.rewarddance.rollout.Group;
import io.rewarddance.rollout.SetAside;
import java.util.List;

/**
 * The groups of an iteration.
 *
 * @param groups those with enough rewards
 * @param small groups with some rewards, but too few: kept for the record
 * @param setAside why groups are not among {@code groups}
 */
public record Grouping(List<Group> groups, List<Group> small, List<SetAside> setAside) {
  public Grouping {
    groups = List.copyOf(groups);
    small = List.copyOf(small);
    setAside = List.copyOf(setAside);
  }
}
