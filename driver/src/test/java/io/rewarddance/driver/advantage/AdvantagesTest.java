package io.rewarddance.driver.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.driver.config.AdvantageConfig;
import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.group.GroupMembers;
import io.rewarddance.driver.group.Grouper;
import io.rewarddance.driver.group.Grouping;
import io.rewarddance.driver.testing.Rollouts;
import io.rewarddance.metrics.advantage.AdvantageEstimator;
import io.rewarddance.metrics.advantage.AdvantageSettings;
import io.rewarddance.metrics.advantage.Mixing;
import io.rewarddance.metrics.advantage.Scale;
import io.rewarddance.metrics.advantage.StdKind;
import io.rewarddance.rollout.AdvantagedRollout;
import io.rewarddance.rollout.GroupId;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.ScoredRollout;
import io.rewarddance.rollout.SetAside;
import io.rewarddance.rollout.SetAsideReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AdvantagesTest {
  private static final Prompt PROMPT = new Prompt(0, "a circle", "one");

  private static AdvantageConfig config(
      AdvantageConfig.Scale scale, AdvantageConfig.Std std, AdvantageConfig.Mixing mixing) {
    return new AdvantageConfig(scale, std, 1e-4, 0.05, 0, 1.2, mixing, 2);
  }

  private static AdvantageConfig grouped() {
    return config(
        AdvantageConfig.Scale.GROUP, AdvantageConfig.Std.POPULATION, AdvantageConfig.Mixing.REWARD);
  }

  private static JudgeConfig judge(String name, double weight) {
    return new JudgeConfig(
        name,
        name,
        weight,
        JudgeConfig.Question.POINTWISE,
        "",
        false,
        0,
        Optional.empty(),
        JudgeConfig.Transform.PROBABILITY);
  }

  private static Advantages advantages() {
    return new Advantages(grouped(), List.of(judge("judge", 1)));
  }

  private static GroupMembers group(int number, double... rewards) {
    GroupId id = new GroupId(4, number);
    return new GroupMembers(
        id, PROMPT, rewards.length, rewards.length, Rollouts.ofRewards(id, PROMPT, rewards));
  }

  private static Grouping grouping(GroupMembers... groups) {
    return Grouper.sort(List.of(groups), 2);
  }

  /** (r - mean) / (std + epsilon) by hand: mean 0.5, population std 0.25. */
  @Test
  void goldenValues() {
    Advantages.Result result = advantages().of(grouping(group(0, 0.25, 0.75, 0.25, 0.75)));
    double expected = 0.25 / (0.25 + 1e-4);
    assertThat(result.rollouts())
        .extracting(AdvantagedRollout::advantage)
        .containsExactly(-expected, expected, -expected, expected);
    assertThat(result.trained()).isEqualTo(4);
    assertThat(result.setAside()).isEmpty();
  }

  @Test
  void aGroupOfEqualRewardsIsSetAsideAndCounted() {
    Advantages.Result result =
        advantages().of(grouping(group(0, 0.9, 0.9, 0.9), group(1, 0.1, 0.9)));
    assertThat(result.setAside())
        .containsExactly(
            new SetAside(
                new GroupId(4, 0),
                SetAsideReason.BELOW_NOISE_FLOOR,
                "largest advantage: 0.0 (expected: >= 0.001)"));
    assertThat(result.rollouts()).hasSize(5);
    assertThat(result.rollouts().subList(0, 3)).noneMatch(AdvantagedRollout::trained);
    assertThat(result.trained()).isEqualTo(2);
  }

  @Test
  void aGradientTeachesWhereAllRewardsAreEqual() {
    Advantages all = new Advantages(grouped(), List.of(judge("judge", 1)), /* trainsAll= */ true);
    Advantages.Result result = all.of(grouping(group(0, 0.9, 0.9, 0.9), group(1, 0.1)));
    assertThat(result.trained()).isEqualTo(3);
    assertThat(result.setAside())
        .extracting(SetAside::reason)
        .containsExactly(SetAsideReason.GENERATION_FAILED);
  }

  @Test
  void differencesFarBelowTheFloorAreNoise() {
    Advantages.Result result =
        advantages().of(grouping(group(0, 0.5, 0.50001), group(1, 0.5, 0.51)));
    assertThat(result.setAside()).extracting(SetAside::id).containsExactly(new GroupId(4, 0));
    assertThat(result.rollouts().get(3).advantage())
        .isEqualTo(0.005 / (0.05 + 1e-4), within(1e-12));
    assertThat(result.trained()).isEqualTo(2);
  }

  /** The middle one of three has nothing to teach, the others have. */
  @Test
  void aRolloutAtTheMeanIsNotTrainedOn() {
    Advantages.Result result = advantages().of(grouping(group(0, 0.2, 0.5, 0.8)));
    assertThat(result.rollouts())
        .extracting(AdvantagedRollout::trained)
        .containsExactly(true, false, true);
    assertThat(result.setAside()).isEmpty();
  }

  @Test
  void advantagesAreClipped() {
    Advantages.Result result = advantages().of(grouping(group(0, 0, 0, 0, 0, 0, 1)));
    assertThat(result.rollouts().get(5).advantage()).isEqualTo(1.2);
  }

  @Test
  void everythingIsInTheOrderOfIdsAndSmallGroupsAreKeptUntrained() {
    Grouping grouping =
        grouping(group(10, 0.1, 0.9), group(9, 0.4), group(2, 0.5, 0.5), group(1, 0.2, 0.8));
    Advantages.Result result = advantages().of(grouping);
    assertThat(result.rollouts())
        .extracting(rollout -> rollout.id().group() + "." + rollout.id().rollout())
        .containsExactly("1.0", "1.1", "2.0", "2.1", "9.0", "10.0", "10.1");
    assertThat(result.rollouts().get(4).trained()).isFalse();
    assertThat(result.rollouts().get(4).advantage()).isZero();
    assertThat(result.setAside())
        .extracting(SetAside::id, SetAside::reason)
        .containsExactly(
            tuple(new GroupId(4, 2), SetAsideReason.BELOW_NOISE_FLOOR),
            tuple(new GroupId(4, 9), SetAsideReason.GENERATION_FAILED));
  }

  /** All groups here have one prompt: by its text they would share one mean. */
  @Test
  void groupsOfOnePromptAreComparedWithinThemselves() {
    Advantages.Result result = advantages().of(grouping(group(0, 0.1, 0.3), group(1, 0.7, 0.9)));
    double expected = 0.1 / (0.1 + 1e-4);
    for (int i = 0; i < 4; i++) {
      assertThat(result.rollouts().get(i).advantage())
          .isEqualTo(i % 2 == 0 ? -expected : expected, within(1e-9));
    }
  }

  @Test
  void withoutGroupsThereIsNothing() {
    Advantages.Result result = advantages().of(grouping());
    assertThat(result.rollouts()).isEmpty();
    assertThat(result.setAside()).isEmpty();
    assertThat(result.trained()).isZero();
    assertThat(advantages().of(grouping(group(0, 0.4))).rollouts()).hasSize(1);
  }

  /** Whatever is configured reaches the estimator, weights by judge included. */
  @ParameterizedTest
  @EnumSource(AdvantageConfig.Mixing.class)
  void theNumbersAreTheEstimators(AdvantageConfig.Mixing mixing) {
    for (AdvantageConfig.Scale scale : AdvantageConfig.Scale.values()) {
      for (AdvantageConfig.Std std : AdvantageConfig.Std.values()) {
        Grouping grouping = Grouper.sort(List.of(twoParts(0), twoParts(1)), 2);
        Advantages.Result result =
            new Advantages(config(scale, std, mixing), List.of(judge("a", 2), judge("b", -0.5)))
                .of(grouping);
        AdvantageSettings settings =
            new AdvantageSettings(
                Scale.valueOf(scale.name()),
                StdKind.valueOf(std.name()),
                1e-4,
                0.05,
                1.2,
                0,
                Mixing.valueOf(mixing.name()),
                new TreeMap<>(Map.of("a", 2.0, "b", -0.5)));
        List<double[]> expected = AdvantageEstimator.of(settings).ofGroups(grouping.groups());
        for (int i = 0; i < 8; i++) {
          assertThat(result.rollouts().get(i).advantage()).isEqualTo(expected.get(i / 4)[i % 4]);
        }
        assertThat(result.trained()).isPositive();
      }
    }
  }

  private static GroupMembers twoParts(int number) {
    GroupId id = new GroupId(4, number);
    List<ScoredRollout> rollouts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      double a = (0.13 + 0.29 * i + 0.07 * number) % 1;
      double b = (0.71 + 0.43 * i * i) % 1;
      rollouts.add(Rollouts.of(id, i, PROMPT, 2 * a - 0.5 * b, Map.of("a", a, "b", b)));
    }
    return new GroupMembers(id, PROMPT, 4, 4, rollouts);
  }
}
