package io.rewarddance.metrics.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.rollout.Generation;
import io.rewarddance.rollout.Group;
import io.rewarddance.rollout.GroupId;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.Reward;
import io.rewarddance.rollout.ScoredRollout;
import io.rewarddance.rollout.Trajectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AdvantageEstimatorTest {
  private static final Offset<Double> DIGITS = within(1e-12);

  @Test
  void groupsAreReadByTotalOrByPart() {
    List<Group> groups = List.of(group(0, 1, 2, 4), group(1, 5, 5, 8));
    List<double[]> totals = List.of(new double[] {10, 20, 40}, new double[] {50, 50, 80});
    List<double[]> parts = List.of(new double[] {1, 2, 4}, new double[] {5, 5, 8});
    AdvantageEstimator byTotal = AdvantageEstimator.of(Presets.drGrpo());
    assertThat(byTotal.ofGroups(groups).get(1)).isEqualTo(byTotal.advantages(totals).get(1));
    AdvantageEstimator byPart = AdvantageEstimator.of(Presets.mixGrpo());
    List<double[]> styles = List.of(new double[] {-1, -2, -4}, new double[] {-5, -5, -8});
    assertThat(byPart.ofGroups(groups).get(1))
        .isEqualTo(byPart.mixed(new TreeMap<>(Map.of("match", parts, "style", styles))).get(1));
  }

  /** One group without the second reward: by hand, with weights that stay as they are. */
  @Test
  void aGroupHasTheAdvantagesOfTheRewardsThatItHas() {
    TreeMap<String, List<double[]>> rewards = new TreeMap<>();
    rewards.put("first", List.of(new double[] {.2, .6}, new double[] {1, 3}));
    rewards.put("second", List.of(new double[] {9, 5}, new double[0]));
    AdvantageEstimator advantage = AdvantageEstimator.of(mixing(Scale.NONE, Mixing.ADVANTAGE));
    List<double[]> mixed = advantage.mixed(rewards);
    assertThat(mixed.get(0)).containsExactly(new double[] {-.2 + .5 * 2, .2 - .5 * 2}, DIGITS);
    assertThat(mixed.get(1)).containsExactly(-1, 1);
    // The deviation of a batch is that of the groups there are: 2 for the second reward.
    AdvantageEstimator batch = AdvantageEstimator.of(mixing(Scale.BATCH, Mixing.ADVANTAGE));
    double std = Math.sqrt((1 * 1 + .6 * .6 + .2 * .2 + 1.8 * 1.8) / 4);
    assertThat(batch.mixed(rewards).get(0))
        .containsExactly(new double[] {-.2 / std + .5, .2 / std - .5}, DIGITS);
    assertThat(batch.mixed(rewards).get(1))
        .containsExactly(new double[] {-1 / std, 1 / std}, DIGITS);
    AdvantageEstimator gdpo = AdvantageEstimator.of(mixing(Scale.NONE, Mixing.GDPO));
    double mix = Math.sqrt((.8 * .8 + .8 * .8 + 1 + 1) / 4);
    assertThat(gdpo.mixed(rewards).get(1))
        .containsExactly(new double[] {-1 / mix, 1 / mix}, DIGITS);
    rewards.put("third", List.of(new double[0], new double[0]));
    assertThat(advantage.mixed(rewards).get(0)).containsExactly(mixed.get(0));
  }

  private static AdvantageSettings mixing(Scale scale, Mixing mixing) {
    return new AdvantageSettings(
        scale, StdKind.POPULATION, 0, 0, 5, 0, mixing, new TreeMap<>(Map.of("second", .5)));
  }

  @Test
  void aJudgeThatWasLeftOutOfAGroupHasNoPartInItsAdvantages() {
    Group whole = group(0, 1, 2, 4);
    Group without = without(group(1, 5, 5, 8));
    AdvantageEstimator estimator = AdvantageEstimator.of(Presets.mixGrpo());
    List<double[]> advantages = estimator.ofGroups(List.of(without, whole));
    assertThat(advantages.get(0))
        .containsExactly(estimator.advantages(List.of(new double[] {5, 5, 8})).get(0));
    double[] match = estimator.advantages(List.of(new double[] {1, 2, 4})).get(0);
    double[] style = estimator.advantages(List.of(new double[] {-1, -2, -4})).get(0);
    assertThat(advantages.get(1)[2]).isCloseTo(match[2] + style[2], DIGITS);
    assertThatThrownBy(
            () -> AdvantageEstimator.of(Presets.drGrpo()).ofGroups(List.of(without, whole)))
        .hasMessageContaining("expected: one with a total");
  }

  @Test
  void nonsenseIsRefused() {
    AdvantageEstimator estimator = AdvantageEstimator.of(Presets.danceGrpo());
    assertThatThrownBy(() -> estimator.advantages(List.of()))
        .hasMessage("reward: no groups (expected: at least one)");
    assertThatThrownBy(() -> estimator.advantages(List.of(new double[0])))
        .hasMessage("reward of group 0: 0 values (expected: >= 1)");
    assertThatThrownBy(() -> estimator.advantages(List.of(new double[] {1, Double.NaN})))
        .hasMessage("reward of group 0[1]: NaN (expected: a finite number)");
    assertThatThrownBy(
            () ->
                estimator.mixed(
                    new TreeMap<>(
                        Map.of("a", List.of(new double[2]), "b", List.of(new double[3])))))
        .hasMessage("b: groups of [3] (expected: [2], as the first reward's)");
    TreeMap<String, List<double[]>> missing =
        new TreeMap<>(Map.of("a", List.of(new double[2]), "b", List.of(new double[0])));
    assertThatThrownBy(() -> estimator.mixed(missing))
        .hasMessage("b: groups of [0] (expected: [2], as the first reward's)");
    missing.put("a", List.of(new double[0]));
    assertThatThrownBy(() -> AdvantageEstimator.of(Presets.mixGrpo()).mixed(missing))
        .hasMessage("rewards of group 0: none (expected: values of at least one)");
  }

  /**
   * Equal rewards, and such that differ by less than squares can hold, in every mixing and scale.
   */
  @Test
  void nothingIsDividedByZeroWithoutEpsilonAndFloor() {
    List<double[]> close = List.of(new double[] {0, 1e-200, 0}, new double[] {.5, .5, .5});
    List<double[]> equal = List.of(new double[] {.1, .1, .1}, new double[] {.1});
    for (Scale scale : Scale.values()) {
      for (Mixing mixing : Mixing.values()) {
        AdvantageEstimator estimator =
            AdvantageEstimator.of(
                new AdvantageSettings(scale, StdKind.SAMPLE, 0, 0, 5, 0, mixing, new TreeMap<>()));
        for (List<double[]> rewards : List.of(close, equal)) {
          for (double[] group : estimator.mixed(new TreeMap<>(Map.of("a", rewards)))) {
            assertThat(Arrays.stream(group))
                .as(scale + " " + mixing)
                .allSatisfy(a -> assertThat(a).isBetween(-1e-100, 1e-100));
          }
        }
      }
    }
  }

  @Test
  void settingsRefuseNonsense() {
    assertThatThrownBy(() -> settings(-1, 0, 5, 0)).hasMessageStartingWith("epsilon: -1.0");
    assertThatThrownBy(() -> settings(0, Double.NaN, 5, 0)).hasMessageStartingWith("floor: NaN");
    assertThatThrownBy(() -> settings(0, 0, 0, 0)).hasMessageStartingWith("clip: 0.0");
    assertThatThrownBy(() -> settings(0, 0, 5, .5)).hasMessageStartingWith("trim: 0.5");
  }

  private static AdvantageSettings settings(
      double epsilon, double floor, double clip, double trim) {
    return new AdvantageSettings(
        Scale.GROUP, StdKind.SAMPLE, epsilon, floor, clip, trim, Mixing.REWARD, new TreeMap<>());
  }

  private static Group group(int number, double... rewards) {
    GroupId id = new GroupId(0, number);
    Prompt prompt = new Prompt(number, "a red circle", "");
    List<ScoredRollout> rollouts = new ArrayList<>();
    for (int i = 0; i < rewards.length; i++) {
      Generation generation =
          new Generation(
              id.rollout(i),
              prompt,
              i,
              new PolicyRef(1, "0".repeat(64)),
              Image.of(1, 1, new byte[3]),
              new Trajectory(new int[] {1}, new float[1], 1, new float[0], new float[] {1, 0}));
      TreeMap<String, Double> parts =
          new TreeMap<>(Map.of("match", rewards[i], "style", -rewards[i]));
      rollouts.add(new ScoredRollout(generation, Map.of(), new Reward(10 * rewards[i], parts)));
    }
    return new Group(id, prompt, rollouts);
  }

  private static Group without(Group whole) {
    TreeSet<String> leftOut = new TreeSet<>(List.of("style"));
    List<ScoredRollout> rollouts = new ArrayList<>();
    for (ScoredRollout rollout : whole.rollouts()) {
      TreeMap<String, Double> parts = new TreeMap<>(rollout.reward().parts());
      parts.remove("style");
      rollouts.add(
          new ScoredRollout(rollout.generation(), Map.of(), Reward.without(leftOut, parts)));
    }
    return new Group(whole.id(), whole.prompt(), rollouts);
  }
}
