package io.rewarddance.metrics.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.Test;

class AdvantageEstimatorTest {
  @Test
  void groupsAreReadByTotalOrByPart() {
    List<Group> groups = List.of(group(0, 1, 2, 4), group(1, 5, 5, 8));
    List<double[]> totals = List.of(new double[] {10, 20, 40}, new double[] {50, 50, 80});
    List<double[]> parts = List.of(new double[] {1, 2, 4}, new double[] {5, 5, 8});
    AdvantageEstimator byTotal = AdvantageEstimator.of(Presets.drGrpo());
    assertThat(byTotal.ofGroups(groups).get(1)).isEqualTo(byTotal.advantages(totals).get(1));
    AdvantageEstimator byPart = AdvantageEstimator.of(Presets.mixGrpo());
    assertThat(byPart.ofGroups(groups).get(1))
        .isEqualTo(byPart.mixed(new TreeMap<>(Map.of("match", parts))).get(1));
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
      TreeMap<String, Double> parts = new TreeMap<>(Map.of("match", rewards[i]));
      rollouts.add(new ScoredRollout(generation, Map.of(), new Reward(10 * rewards[i], parts)));
    }
    return new Group(id, prompt, rollouts);
  }
}
