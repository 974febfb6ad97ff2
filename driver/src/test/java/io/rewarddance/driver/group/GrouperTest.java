package io.rewarddance.driver.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.testing.Rollouts;
import io.rewarddance.rollout.Group;
import io.rewarddance.rollout.GroupId;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.SetAside;
import io.rewarddance.rollout.SetAsideReason;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GrouperTest {
  private static final Prompt PROMPT = new Prompt(0, "a circle", "one");

  /** A group of six of which so many were drawn and so many judged. */
  private static GroupMembers members(int number, int drawn, int judged) {
    GroupId id = new GroupId(4, number);
    return new GroupMembers(
        id, PROMPT, 6, drawn, Rollouts.ofRewards(id, PROMPT, new double[judged]));
  }

  @Test
  void groupsWithEnoughRewardsAreGroups() {
    Grouping grouping = Grouper.sort(List.of(members(0, 6, 6), members(1, 6, 3)), 3);
    assertThat(grouping.groups())
        .extracting(group -> group.rollouts().size())
        .containsExactly(6, 3);
    assertThat(grouping.small()).isEmpty();
    assertThat(grouping.setAside()).isEmpty();
  }

  @Test
  void aGroupThatWasDrawnButHardlyJudgedIsSetAsideAndKept() {
    Grouping grouping = Grouper.sort(List.of(members(0, 5, 2)), 3);
    assertThat(grouping.groups()).isEmpty();
    assertThat(grouping.small()).extracting(Group::id).containsExactly(new GroupId(4, 0));
    assertThat(grouping.setAside())
        .containsExactly(
            new SetAside(
                new GroupId(4, 0),
                SetAsideReason.TOO_FEW_JUDGED,
                "judged: 2 of 6 (expected: >= 3)"));
  }

  @Test
  void aGroupThatWasHardlyDrawnIsTheGeneratorsFault() {
    Grouping grouping = Grouper.sort(List.of(members(0, 2, 2), members(1, 0, 0)), 3);
    assertThat(grouping.groups()).isEmpty();
    assertThat(grouping.small()).extracting(Group::id).containsExactly(new GroupId(4, 0));
    assertThat(grouping.setAside())
        .containsExactly(
            new SetAside(
                new GroupId(4, 0),
                SetAsideReason.GENERATION_FAILED,
                "drawn: 2 of 6 (expected: >= 3)"),
            new SetAside(
                new GroupId(4, 1),
                SetAsideReason.GENERATION_FAILED,
                "drawn: 0 of 6 (expected: >= 3)"));
  }

  @Test
  void aGroupWithoutAnyRewardLeavesNothingButTheReason() {
    Grouping grouping = Grouper.sort(List.of(members(0, 6, 0)), 3);
    assertThat(grouping.groups()).isEmpty();
    assertThat(grouping.small()).isEmpty();
    assertThat(grouping.setAside())
        .extracting(SetAside::reason)
        .containsExactly(SetAsideReason.TOO_FEW_JUDGED);
  }

  /** The same prompt may come twice in an iteration; its rollouts must not flow together. */
  @Test
  void twoGroupsOfOnePromptStayTwo() {
    Grouping grouping = Grouper.sort(List.of(members(0, 6, 6), members(1, 6, 6)), 2);
    assertThat(grouping.groups())
        .extracting(Group::id)
        .containsExactly(new GroupId(4, 0), new GroupId(4, 1));
    assertThat(grouping.groups()).allMatch(group -> group.rollouts().size() == 6);
  }
}
