package io.rewarddance.embedded.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.rewarddance.embedded.sampling.OdeRule;
import io.rewarddance.embedded.sampling.SamplingPlan;
import io.rewarddance.embedded.sampling.Schedule;
import io.rewarddance.embedded.trainer.step.UpdateNoise;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NftLossTest {
  private static final int ROLLOUTS = 3;
  private static final double[] TRAINED = TinyNetwork.weights(1);
  private static final double[] SAMPLING = TinyNetwork.weights(2);
  private static final double[] REFERENCE = TinyNetwork.weights(3);
  private static final int[] ALL = {0, 1, 2, 3, 4, 5};
  private final UpdateNoise noise = new UpdateNoise(11, 4);

  @ParameterizedTest
  @CsvSource({
    "1, 2, 0, 0",
    "0.5, 5, 0, 0",
    "1, 2, 0.7, 0",
    "0.1, 1, 0.01, 0",
    "1, 2, 0.7, 0.6",
    "1, 2, 0, 0.6"
  })
  void gradientIsThatOfTheLossWrittenByHand(
      double beta, double scale, double klWeight, double below) {
    TrainingSet set = set();
    NftLoss loss =
        new NftLoss(
            set,
            new NftLoss.Settings(beta, scale, new NftLoss.Hold(below, 3), 5, klWeight, 2, 6, 2),
            noise);
    assertThat(loss.samples()).isEqualTo(6);
    assertThat(loss.steps()).isEqualTo(1);
    Gradients.Evaluated evaluated = Gradients.evaluate(loss, ALL, TRAINED, SAMPLING, REFERENCE);
    Gradients.assertSame(
        evaluated, TRAINED, weights -> byHand(set, weights, beta, scale, klWeight, below));
  }

  @Test
  void aPolicyThatIsStillTheSamplingOneHasNoDistance() {
    NftLoss loss =
        new NftLoss(set(), new NftLoss.Settings(1, 2, NftLoss.Hold.NONE, 5, 0, 2, 6, 2), noise);
    Measures same = Gradients.evaluate(loss, ALL, SAMPLING, SAMPLING, SAMPLING).measures();
    assertThat(same.meanDistance()).isZero();
    assertThat(same.meanKl()).isZero();
    Measures other = Gradients.evaluate(loss, ALL, TRAINED, SAMPLING, REFERENCE).measures();
    assertThat(other.meanDistance()).isPositive();
    assertThat(other.meanKl()).isPositive().isNotEqualTo(other.meanDistance());
  }

  @Test
  void someNoiseLevelsOfThisSetAreTaughtAndSomeOnlyHeld() {
    long taught = IntStream.of(ALL).filter(i -> sigma(i, 2) > 0.6).count();
    assertThat(taught).isBetween(1L, ALL.length - 1L);
  }

  @Test
  void noiseLevelsFollowTheShiftAndStayAboveTheSmallest() {
    double sum = 0;
    for (int i = 0; i < 4000; i++) {
      double sigma = sigma(i, 2);
      assertThat(sigma).isBetween(0.02, 1.0);
      sum += sigma;
    }
    // Mean of 2u/(1+u) for uniform u is 2 - 2 ln 2; then squeezed into (0.02, 1).
    assertThat(sum / 4000).isCloseTo(0.02 + 0.98 * (2 - 2 * Math.log(2)), offset(0.01));
  }

  @Test
  void anUpdateVisitsEachRolloutAsOftenAsAskedInAnOrderOfItsOwn() {
    int[] order = noise.order(100);
    assertThat(order).containsExactlyInAnyOrder(new UpdateNoise(12, 4).order(100));
    assertThat(order).isNotEqualTo(new UpdateNoise(12, 4).order(100));
    assertThat(order).isNotEqualTo(new UpdateNoise(11, 5).order(100));
    assertThat(order).isEqualTo(new UpdateNoise(11, 4).order(100));
  }

  private double byHand(
      TrainingSet set, double[] weights, double beta, double scale, double klWeight, double below) {
    double sum = 0;
    for (int sample : ALL) {
      int r = sample % ROLLOUTS;
      double sigma = sigma(sample, 2);
      float[] drawn = noise.normals(sample, 4);
      double[] clean = new double[4];
      double[] noisy = new double[4];
      for (int i = 0; i < 4; i++) {
        clean[i] = set.latents()[r][i];
        noisy[i] = (1 - sigma) * clean[i] + sigma * drawn[i];
      }
      long token = set.tokens()[r][0];
      double[] v = TinyNetwork.velocity(noisy, sigma, token, weights);
      double[] at = TinyNetwork.velocity(noisy, sigma, token, TRAINED);
      double[] old = TinyNetwork.velocity(noisy, sigma, token, SAMPLING);
      double[] reference = TinyNetwork.velocity(noisy, sigma, token, REFERENCE);
      double share = Math.max(-1, Math.min(1, set.advantages()[r] / scale)) / 2 + 0.5;
      double good = error(clean, noisy, sigma, v, at, old, beta, 1);
      double bad = error(clean, noisy, sigma, v, at, old, beta, -1);
      double kl = 0;
      for (int i = 0; i < 4; i++) {
        kl += (v[i] - reference[i]) * (v[i] - reference[i]) / 4;
      }
      sum += sigma > below ? (share * good + (1 - share) * bad) / beta + klWeight * kl : 3 * kl;
    }
    return sum / ALL.length;
  }

  /**
   * @param at the velocity that the error's weight is frozen at
   * @param sign 1 for v+, -1 for v-
   */
  private static double error(
      double[] clean,
      double[] noisy,
      double sigma,
      double[] v,
      double[] at,
      double[] old,
      double beta,
      int sign) {
    double squares = 0;
    double weight = 0;
    for (int i = 0; i < 4; i++) {
      double mixed =
          sign > 0 ? beta * v[i] + (1 - beta) * old[i] : (1 + beta) * old[i] - beta * v[i];
      double frozen =
          sign > 0 ? beta * at[i] + (1 - beta) * old[i] : (1 + beta) * old[i] - beta * at[i];
      double e = noisy[i] - sigma * mixed - clean[i];
      squares += e * e / 4;
      weight += Math.abs(noisy[i] - sigma * frozen - clean[i]) / 4;
    }
    return squares / Math.max(weight, 1e-5);
  }

  private double sigma(int sample, double shift) {
    double u = noise.uniform(sample);
    return 0.02 + 0.98 * shift * u / (1 + (shift - 1) * u);
  }

  private static TrainingSet set() {
    Random random = new Random(5);
    float[][] latents = new float[ROLLOUTS][4];
    long[][] tokens = new long[ROLLOUTS][1];
    for (int r = 0; r < ROLLOUTS; r++) {
      tokens[r][0] = r;
      for (int i = 0; i < 4; i++) {
        latents[r][i] = (float) random.nextGaussian();
      }
    }
    return new TrainingSet(
        TinyNetwork.SHAPE,
        latents,
        tokens,
        new double[] {1.3, -0.8, 0.4},
        new float[ROLLOUTS][0],
        new SamplingPlan(Schedule.shifted(6, 2), new OdeRule(), 0, 0));
  }
}
