package io.rewarddance.metrics.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Values of other systems' formulas, worked out apart from this code. */
class GoldenAdvantageTest {
  private static final Offset<Double> DIGITS = within(1e-7);
  private static final double[] REWARDS = {.2, .5, .9, .4};
  private static final double[] SATURATED = {.9990, .9991, .9989, .9990};

  @Test
  void flowGrpoPerPrompt() {
    assertThat(one(Presets.flowGrpoPerPrompt(), REWARDS))
        .containsExactly(new double[] {-1.1762355, 0, 1.5683140, -.3920785}, DIGITS);
  }

  @Test
  void danceGrpo() {
    assertThat(one(Presets.danceGrpo(), REWARDS))
        .containsExactly(new double[] {-1.0190493, 0, 1.3587324, -.3396831}, DIGITS);
  }

  @Test
  void flowGrpoGlobalDividesByTheDeviationOfTheBatch() {
    List<double[]> groups = List.of(REWARDS, new double[] {.9, .9, 1.1, 1.1});
    double[] all = {.2, .5, .9, .4, .9, .9, 1.1, 1.1};
    double squares = Arrays.stream(all).map(r -> (r - .75) * (r - .75)).sum();
    double std = Math.sqrt(squares / 8);
    List<double[]> result = AdvantageEstimator.of(Presets.flowGrpoGlobal()).advantages(groups);
    assertThat(result.get(0)[2]).isCloseTo(.4 / (std + 1e-4), DIGITS);
    assertThat(result.get(1)[0]).isCloseTo(-.1 / (std + 1e-4), DIGITS);
    double bessel = Math.sqrt(squares / 7);
    result = AdvantageEstimator.of(Presets.verlOmni()).advantages(groups);
    assertThat(result.get(0)[2]).isCloseTo(.4 / (bessel + 1e-4), DIGITS);
  }

  @Test
  void drGrpoOnlyCentres() {
    assertThat(one(Presets.drGrpo(), REWARDS))
        .containsExactly(new double[] {-.3, 0, .4, -.1}, DIGITS);
  }

  @Test
  void noiseOfASaturatedGroupIsTrainedAsSignalUnlessThereIsAFloor() {
    assertThat(one(Presets.danceGrpo(), SATURATED)[1]).isCloseTo(1.2245, within(1e-3));
    AdvantageSettings tiny = with(Presets.flowGrpoPerPrompt(), 1e-8, 0, 5, 0);
    assertThat(one(tiny, SATURATED)[1]).isCloseTo(1.4142, within(1e-3));
    assertThat(one(Presets.flowGrpoPerPrompt(), SATURATED)[1]).isCloseTo(.5858, within(1e-3));
    assertThat(one(Presets.standard(.01), SATURATED)[1]).isCloseTo(.0099, within(1e-4));
  }

  @Test
  void mixGrpoAddsTheAdvantagesOfEachReward() {
    double[] other = {3, 1, 2, 2};
    double[] a = one(Presets.danceGrpo(), REWARDS);
    double[] b = one(Presets.danceGrpo(), other);
    AdvantageSettings mixed = Presets.weighted(Presets.mixGrpo(), weights("second", .5));
    double[] result = mixed(mixed, REWARDS, other);
    for (int i = 0; i < 4; i++) {
      assertThat(result[i]).isCloseTo(a[i] + .5 * b[i], within(1e-12));
    }
  }

  @Test
  void mixingRewardsFirstLetsTheLargerScaleWin() {
    double[] other = {30, 10, 20, 20};
    double[] result = mixed(Presets.danceGrpo(), REWARDS, other);
    assertThat(result).containsExactly(one(Presets.danceGrpo(), sum(REWARDS, other)));
    assertThat(result[0]).as("worst by the first reward").isPositive();
    assertThat(mixed(Presets.mixGrpo(), REWARDS, other)[2]).isPositive();
  }

  @Test
  void gdpoNormalisesTheMixOverTheBatch() {
    double[] other = {3, 1, 2, 2};
    double[] a = one(Presets.gdpo(), REWARDS);
    double[] result = mixed(Presets.gdpo(), REWARDS, other);
    double[] sum = sum(groupNormal(REWARDS), groupNormal(other));
    double std = Math.sqrt(Arrays.stream(sum).map(v -> v * v).sum() / 4);
    for (int i = 0; i < 4; i++) {
      assertThat(result[i]).isCloseTo(sum[i] / std, within(1e-9));
    }
    assertThat(a).containsExactly(groupNormal(REWARDS), within(1e-9));
  }

  @Test
  void trimmingLeavesTheExtremesOutOfMeanAndDeviation() {
    double[] rewards = {.1, .4, .5, .6, 9};
    AdvantageSettings trimmed = with(Presets.flowGrpoPerPrompt(), 0, 0, 1000, .2);
    double std = Math.sqrt((.01 + 0 + .01) / 3);
    assertThat(one(trimmed, rewards))
        .containsExactly(new double[] {-.4 / std, -.1 / std, 0, .1 / std, 8.5 / std}, within(1e-9));
  }

  @Test
  void clippingLimitsTheAbsoluteValue() {
    AdvantageSettings clipped = with(Presets.flowGrpoPerPrompt(), 1e-4, 0, 1, 0);
    assertThat(one(clipped, REWARDS)).containsExactly(new double[] {-1, 0, 1, -.3920785}, DIGITS);
  }

  @Test
  void diversityWeighting() {
    assertThat(DiversityWeighting.advantages(REWARDS, new double[] {1, 2, 3, 2}))
        .containsExactly(new double[] {-.15, 0, .6, -.1}, DIGITS);
    assertThat(DiversityWeighting.advantages(REWARDS, new double[4])).containsOnly(0);
  }

  private static double[] one(AdvantageSettings settings, double... rewards) {
    return AdvantageEstimator.of(settings).advantages(List.of(rewards)).get(0);
  }

  private static double[] mixed(AdvantageSettings settings, double[] first, double[] second) {
    SortedMap<String, List<double[]>> rewards =
        new TreeMap<>(Map.of("first", List.of(first), "second", List.of(second)));
    return AdvantageEstimator.of(settings).mixed(rewards).get(0);
  }

  private static AdvantageSettings with(
      AdvantageSettings base, double epsilon, double floor, double clip, double trim) {
    return new AdvantageSettings(
        base.scale(), base.stdKind(), epsilon, floor, clip, trim, base.mixing(), base.weights());
  }

  private static SortedMap<String, Double> weights(String name, double weight) {
    return new TreeMap<>(Map.of(name, weight));
  }

  private static double[] groupNormal(double[] rewards) {
    double mean = Arrays.stream(rewards).average().orElseThrow();
    double squares = Arrays.stream(rewards).map(r -> (r - mean) * (r - mean)).sum();
    return Arrays.stream(rewards).map(r -> (r - mean) / Math.sqrt(squares / 4)).toArray();
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = new double[a.length];
    Arrays.setAll(sum, i -> a[i] + b[i]);
    return sum;
  }
}
