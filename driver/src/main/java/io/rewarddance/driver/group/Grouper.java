package io.rewarddance.driver.group;

import io.rewarddance.rollout.Group;
import io.rewarddance.rollout.SetAside;
import io.rewarddance.rollout.SetAsideReason;
import java.util.ArrayList;
import java.util.List;

/** Sorts planned groups into those with enough rewards and the others. */
public final class Grouper {
  private Grouper() {}

  /**
   * @param minJudged fewest rewards that make a group
   */
  public static Grouping sort(List<GroupMembers> planned, int minJudged) {
    List<Group> groups = new ArrayList<>();
    List<Group> small = new ArrayList<>();
    List<SetAside> setAside = new ArrayList<>();
    for (GroupMembers members : planned) {
      boolean enough = members.scored().size() >= minJudged;
      if (!enough) {
        setAside.add(reason(members, minJudged));
      }
      if (!members.scored().isEmpty()) {
        (enough ? groups : small).add(new Group(members.id(), members.prompt(), members.scored()));
      }
    }
    return new Grouping(groups, small, setAside);
  }

  private static SetAside reason(GroupMembers members, int minJudged) {
    if (members.drawn() < minJudged) {
      return new SetAside(
          members.id(),
          SetAsideReason.GENERATION_FAILED,
          "drawn: "
              + members.drawn()
              + " of "
              + members.asked()
              + " (expected: >= "
              + minJudged
              + ")");
    }
    return new SetAside(
        members.id(),
        SetAsideReason.TOO_FEW_JUDGED,
        "judged: "
            + members.scored().size()
            + " of "
            + members.asked()
            + " (expected: >= "
            + minJudged
            + ")");
  }
}
