package io.rewarddance.metrics.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds for every estimator and every batch. */
class AdvantagePropertyTest {
  private static final int TRIES = 300;

  @Property(tries = TRIES)
  void eachGroupSumsToZero(
      @ForAll("settings") AdvantageSettings settings, @ForAll("groups") List<double[]> groups) {
    for (double[] group : AdvantageEstimator.of(settings).advantages(groups)) {
      double size = Arrays.stream(group).map(Math::abs).sum();
      assertThat(Arrays.stream(group).sum()).isCloseTo(0, within(1e-9 * (1 + size)));
    }
  }

  @Property(tries = TRIES)
  void aConstantAddedToAGroupChangesNothing(
      @ForAll("groupSettings") AdvantageSettings settings,
      @ForAll("groups") List<double[]> groups,
      @ForAll @DoubleRange(min = -10, max = 10) double constant) {
    List<double[]> shifted =
        groups.stream().map(g -> Arrays.stream(g).map(r -> r + constant).toArray()).toList();
    assertSame(
        AdvantageEstimator.of(settings).advantages(shifted),
        AdvantageEstimator.of(settings).advantages(groups));
  }

  @Property(tries = TRIES)
  void aBetterRewardNeverGetsALowerAdvantage(
      @ForAll("clipped") AdvantageSettings settings, @ForAll("groups") List<double[]> groups) {
    List<double[]> advantages = AdvantageEstimator.of(settings).advantages(groups);
    for (int g = 0; g < groups.size(); g++) {
      double[] rewards = groups.get(g);
      double[] result = advantages.get(g);
      for (int i = 0; i < rewards.length; i++) {
        for (int j = 0; j < rewards.length; j++) {
          if (rewards[i] < rewards[j]) {
            assertThat(result[i]).isLessThanOrEqualTo(result[j]);
          }
        }
      }
    }
  }

  @Property(tries = TRIES)
  void equalRewardsGiveExactZeros(
      @ForAll("clipped") AdvantageSettings settings,
      @ForAll @IntRange(min = 1, max = 30) int size,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double reward) {
    double[] group = new double[size];
    Arrays.fill(group, reward);
    assertThat(AdvantageEstimator.of(settings).advantages(List.of(group, group)).get(1))
        .containsOnly(0);
  }

  @Property(tries = TRIES)
  void noAdvantageExceedsTheClipAndAllAreFinite(
      @ForAll("clipped") AdvantageSettings settings, @ForAll("groups") List<double[]> groups) {
    AdvantageEstimator.of(settings)
        .advantages(groups)
        .forEach(
            group ->
                assertThat(Arrays.stream(group)).allMatch(a -> Math.abs(a) <= settings.clip()));
  }

  @Property(tries = TRIES)
  void belowTheFloorAdvantagesShrinkWithTheDeviation(
      @ForAll("groups") List<double[]> groups,
      @ForAll @DoubleRange(min = .01, max = 1) double factor) {
    AdvantageSettings floored = settings(Scale.GROUP, StdKind.POPULATION, 0, 20, 5, 0);
    List<double[]> small =
        groups.stream().map(g -> Arrays.stream(g).map(r -> r * factor).toArray()).toList();
    List<double[]> of = AdvantageEstimator.of(floored).advantages(groups);
    List<double[]> ofSmall = AdvantageEstimator.of(floored).advantages(small);
    for (int g = 0; g < groups.size(); g++) {
      for (int i = 0; i < groups.get(g).length; i++) {
        assertThat(ofSmall.get(g)[i]).isCloseTo(of.get(g)[i] * factor, within(1e-12));
      }
    }
  }

  @Property(tries = TRIES)
  void oneRewardMixedIsThatRewardAlone(@ForAll("groups") List<double[]> groups) {
    AdvantageEstimator mixing = AdvantageEstimator.of(Presets.mixGrpo());
    assertSame(mixing.mixed(new TreeMap<>(Map.of("only", groups))), mixing.advantages(groups));
  }

  @Provide
  Arbitrary<List<double[]>> groups() {
    // Scale 3: rewards that differ only in the last bit have no meaningful deviation.
    Arbitrary<Double> reward = Arbitraries.doubles().between(-10, 10).ofScale(3);
    return reward.array(double[].class).ofMinSize(1).ofMaxSize(12).list().ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<AdvantageSettings> settings() {
    return anySettings(Arbitraries.of(Scale.values()), Arbitraries.just(1e9), Arbitraries.just(0.));
  }

  @Provide
  Arbitrary<AdvantageSettings> groupSettings() {
    return anySettings(
        Arbitraries.of(Scale.GROUP, Scale.NONE),
        Arbitraries.just(1e9),
        Arbitraries.doubles().between(0, .49));
  }

  @Provide
  Arbitrary<AdvantageSettings> clipped() {
    return anySettings(
        Arbitraries.of(Scale.values()),
        Arbitraries.doubles().between(.1, 10),
        Arbitraries.doubles().between(0, .49));
  }

  private static Arbitrary<AdvantageSettings> anySettings(
      Arbitrary<Scale> scale, Arbitrary<Double> clip, Arbitrary<Double> trim) {
    return Combinators.combine(
            scale,
            Arbitraries.of(StdKind.values()),
            Arbitraries.of(0.0, 1e-8, 1e-4),
            Arbitraries.of(0.0, 1e-6, .05),
            clip,
            trim)
        .as(AdvantagePropertyTest::settings);
  }

  private static AdvantageSettings settings(
      Scale scale, StdKind std, double epsilon, double floor, double clip, double trim) {
    return new AdvantageSettings(
        scale, std, epsilon, floor, clip, trim, Mixing.REWARD, new TreeMap<>());
  }

  private static void assertSame(List<double[]> actual, List<double[]> expected) {
    for (int g = 0; g < expected.size(); g++) {
      for (int i = 0; i < expected.get(g).length; i++) {
        double value = expected.get(g)[i];
        assertThat(actual.get(g)[i]).isCloseTo(value, within(1e-6 * (1 + Math.abs(value))));
      }
    }
  }
}
