package io.rewarddance.metrics.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.metrics.stat.Moments;
import io.rewarddance.rollout.Image;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RewardTest {
  @Test
  void spreadWithinAndBetweenGroups() {
    RewardSpread spread = RewardSpread.of(List.of(new double[] {0, 2}, new double[] {5, 5}), 0);
    assertThat(spread.sigma()).isCloseTo(Math.sqrt(18. / 4), within(1e-12));
    assertThat(spread.within()).isCloseTo(Math.sqrt(.5), within(1e-12));
    assertThat(spread.between()).isCloseTo(2, within(1e-12));
    assertThat(spread.groupSigma()).isCloseTo(.5, within(1e-12));
    assertThat(spread.zeroVarianceShare()).isEqualTo(.5);
  }

  @Test
  void aToleranceCountsNoiseAsNoVariance() {
    List<double[]> groups = List.of(new double[] {.999, .9991}, new double[] {.2, .8});
    assertThat(RewardSpread.of(groups, 0).zeroVarianceShare()).isZero();
    assertThat(RewardSpread.of(groups, .01).zeroVarianceShare()).isEqualTo(.5);
  }

  @Property(tries = 300)
  void varianceSplitsIntoWithinAndBetween(@ForAll("groups") List<double[]> groups) {
    RewardSpread spread = RewardSpread.of(groups, 0);
    double parts = spread.within() * spread.within() + spread.between() * spread.between();
    assertThat(parts).isCloseTo(spread.sigma() * spread.sigma(), within(1e-9));
  }

  @Test
  void slidingSigmaIsThatOfAllRewardsInTheWindow() {
    Random random = new Random(3);
    double[] rewards = random.doubles(50 * 6).toArray();
    SlidingVariance sliding = new SlidingVariance(20);
    for (int i = 0; i < 50; i++) {
      sliding.add(Moments.of(Arrays.copyOfRange(rewards, 6 * i, 6 * i + 6)));
    }
    double[] last = Arrays.copyOfRange(rewards, 30 * 6, 50 * 6);
    assertThat(sliding.size()).isEqualTo(20);
    assertThat(sliding.sigma()).isCloseTo(Moments.of(last).sigma(), within(1e-12));
    assertThat(sliding.sigmaOfMeans()).isLessThan(sliding.sigma());
  }

  @Test
  void slidingSigmaOfNothingAndOfAnIterationWithoutRewards() {
    SlidingVariance sliding = new SlidingVariance(3);
    assertThat(sliding.sigma()).isZero();
    sliding.add(Moments.NONE);
    sliding.add(Moments.of(1, 3));
    assertThat(sliding.sigma()).isEqualTo(1);
    assertThat(sliding.sigmaOfMeans()).isZero();
    assertThatThrownBy(() -> new SlidingVariance(0)).hasMessage("window: 0 (expected: >= 1)");
  }

  @Test
  void repeatNoiseIsPooledOverQuestions() {
    List<double[]> answers =
        List.of(new double[] {.5, .7}, new double[] {.9, .9, .9}, new double[] {.1});
    assertThat(RepeatNoise.floor(answers)).isCloseTo(Math.sqrt(.02 / 3), within(1e-12));
    assertThatThrownBy(() -> RepeatNoise.floor(List.of(new double[] {.1})))
        .hasMessageContaining("no question asked twice");
  }

  @Test
  void repeatNoiseFindsTheNoiseThatWasPutIn() {
    Random random = new Random(5);
    List<double[]> answers =
        random
            .doubles(500)
            .mapToObj(
                p ->
                    new double[] {p + .02 * random.nextGaussian(), p + .02 * random.nextGaussian()})
            .toList();
    assertThat(RepeatNoise.floor(answers)).isCloseTo(.02, within(.0015));
  }

  @Test
  void duplicatesCountInsideAGroupOnly() {
    Image a = Image.of(1, 1, new byte[] {1, 2, 3});
    Image same = Image.of(1, 1, new byte[] {1, 2, 3});
    Image b = Image.of(1, 1, new byte[] {1, 2, 4});
    assertThat(Duplicates.share(List.of(List.of(a, b), List.of(same, b)))).isZero();
    assertThat(Duplicates.share(List.of(List.of(a, same, b, b)))).isOne();
    assertThat(Duplicates.share(List.of(List.of(a, same), List.of(a, b)))).isEqualTo(.5);
    assertThat(Duplicates.share(List.of())).isZero();
  }

  @Provide
  Arbitrary<List<double[]>> groups() {
    Arbitrary<Double> reward = Arbitraries.doubles().between(-1, 1);
    return reward.array(double[].class).ofMinSize(1).ofMaxSize(8).list().ofMinSize(1).ofMaxSize(8);
  }
}
