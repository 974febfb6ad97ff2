package io.rewarddance.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.config.FailurePolicies;
import io.rewarddance.driver.config.FailurePolicies.Action;
import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.testing.Rollouts;
import io.rewarddance.rollout.Failure;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.Generation;
import io.rewarddance.rollout.GroupId;
import io.rewarddance.rollout.Judgement;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.YesProbability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Three judges: a and b may be left out, c may not. */
final class LeaveOutTest {
  private static final GroupId GROUP = new GroupId(0, 0);
  private static final Prompt PROMPT = new Prompt(0, "a circle", "");
  private static final List<String> JUDGES = List.of("a", "b", "c");

  private final LeaveOut leaveOut = new LeaveOut(policies(), judges(JUDGES));

  private static FailurePolicies policies() {
    return new FailurePolicies(
        Action.SET_ASIDE,
        Map.of("a", Action.LEAVE_OUT, "b", Action.LEAVE_OUT),
        Action.SET_ASIDE,
        Action.RETRY,
        Action.STOP,
        Action.RETRY,
        3,
        0.25);
  }

  private static List<JudgeConfig> judges(List<String> names) {
    return names.stream()
        .map(
            name ->
                new JudgeConfig(
                    name,
                    name,
                    1,
                    JudgeConfig.Question.POINTWISE,
                    "",
                    false,
                    0,
                    Optional.empty(),
                    JudgeConfig.Transform.PROBABILITY))
        .toList();
  }

  /** A group whose rollouts each name the judges that failed on them. */
  private static List<Sample> group(String... failed) {
    List<Sample> group = new ArrayList<>();
    for (String judges : failed) {
      Sample sample = Sample.planned(GROUP.rollout(group.size()), PROMPT, 0).with(drawn());
      for (String judge : JUDGES) {
        sample = sample.with(judge, judgement(sample, judge, judges.contains(judge)));
      }
      group.add(sample);
    }
    return group;
  }

  private static Outcome<Generation> drawn() {
    return Outcome.of(Rollouts.ofRewards(GROUP, PROMPT, 0).get(0).generation());
  }

  private static Judgement judgement(Sample sample, String judge, boolean failed) {
    return failed
        ? new Judgement.Failed(
            sample.id(), new Failure(FailureKind.JUDGE_TIMEOUT, "late").by(judge))
        : new Judgement.Judged(sample.id(), new YesProbability(-1, -1), Optional.empty());
  }

  private static List<String> lost(List<Sample> group) {
    return group.stream().map(s -> s.failure().flatMap(Failure::judge).orElse("")).toList();
  }

  @Test
  void aGroupThatAllJudgesAnsweredAboutStaysAsItIs() {
    List<Sample> group = group("", "");
    assertThat(leaveOut.of(group)).isEqualTo(group);
  }

  @Test
  void theWholeGroupGoesOnWithoutTheJudge() {
    List<Sample> group = leaveOut.of(group("", "a", ""));
    assertThat(group).allMatch(sample -> sample.leftOut().equals(Set.of("a")));
    assertThat(lost(group)).containsExactly("", "", "");
    assertThat(group.get(1).judgeFailures()).containsOnlyKeys("a");
    assertThat(leaveOut.of(group("b", "a", "")))
        .allMatch(sample -> sample.leftOut().equals(Set.of("a", "b")));
  }

  @Test
  void aJudgeThatMayNotBeLeftOutLosesItsRolloutsAndNoOthers() {
    List<Sample> group = leaveOut.of(group("c", "a", ""));
    assertThat(group).allMatch(sample -> sample.leftOut().equals(Set.of("a")));
    assertThat(lost(group)).containsExactly("c", "", "");
  }

  /** The members that remain have its answers. */
  @Test
  void aJudgeThatFailedOnLostRolloutsOnlyIsNotLeftOut() {
    List<Sample> group = leaveOut.of(group("ac", "", ""));
    assertThat(group).allMatch(sample -> sample.leftOut().isEmpty());
    assertThat(lost(group)).containsExactly("a", "", "");
  }

  @Test
  void aGroupWithoutAnyJudgeLeftIsSetAsideWhereTheyFailed() {
    LeaveOut both = new LeaveOut(policies(), judges(List.of("a", "b")));
    List<Sample> group = group("a", "b", "");
    assertThat(both.of(group)).isEqualTo(group);
    assertThat(lost(group)).containsExactly("a", "b", "");
  }

  @Test
  void whatWasNotDrawnIsLostAsEver() {
    List<Sample> group = new ArrayList<>(group("a", ""));
    Outcome<Generation> failed = Outcome.failed(FailureKind.GENERATOR_TIMEOUT, "late");
    group.add(Sample.planned(GROUP.rollout(2), PROMPT, 0).with(failed));
    List<Sample> without = leaveOut.of(group);
    assertThat(without).allMatch(sample -> sample.leftOut().equals(Set.of("a")));
    assertThat(without.get(2).failure().orElseThrow().kind())
        .isEqualTo(FailureKind.GENERATOR_TIMEOUT);
  }
}
