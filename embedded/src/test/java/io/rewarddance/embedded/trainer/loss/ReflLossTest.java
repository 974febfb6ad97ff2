package io.rewarddance.embedded.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.rewarddance.embedded.sampling.CpsRule;
import io.rewarddance.embedded.sampling.OdeRule;
import io.rewarddance.embedded.sampling.SamplingPlan;
import io.rewarddance.embedded.sampling.Schedule;
import io.rewarddance.embedded.sampling.StepRule;
import io.rewarddance.embedded.trainer.step.UpdateNoise;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReflLossTest {
  private static final int ROLLOUTS = 3;
  private static final double[] TRAINED = TinyNetwork.weights(1);
  private static final double[] SAMPLING = TinyNetwork.weights(2);
  private static final double[] REFERENCE = TinyNetwork.weights(3);
  private static final int[] ALL = {0, 1, 2, 3, 4, 5};
  private static final Schedule SCHEDULE = Schedule.shifted(6, 2);

  @ParameterizedTest
  @CsvSource({
    "RAW, 1, 1, 0",
    "RAW, 1, 0.3, 0.7",
    "CLIP, 0.02, 1, 0",
    "CLIP, 100, 1, 0.2",
    "NORMALISE, 0.05, 2, 0.1"
  })
  void gradientIsThatOfTheLossWrittenByHand(
      GradientRule rule, double norm, double weight, double klWeight) {
    TrainingSet set = set(new OdeRule(), 5);
    ReflLoss loss = loss(set, rule, norm, weight, klWeight);
    assertThat(loss.samples()).isEqualTo(6);
    assertThat(loss.steps()).isEqualTo(2);
    Gradients.Evaluated evaluated = Gradients.evaluate(loss, ALL, TRAINED, SAMPLING, REFERENCE);
    Gradients.assertSame(
        evaluated, TRAINED, weights -> byHand(set, 0, weights, rule, norm, weight, klWeight));
  }

  @Test
  void aWindowBeforeTheLastStepHasItsStateAtItsEnd() {
    TrainingSet set = set(new CpsRule(0.5), 4);
    ReflLoss loss = loss(set, GradientRule.RAW, 1, 1, 0);
    Gradients.Evaluated evaluated = Gradients.evaluate(loss, ALL, TRAINED, SAMPLING, REFERENCE);
    Gradients.assertSame(
        evaluated, TRAINED, weights -> byHand(set, 1, weights, GradientRule.RAW, 1, 1, 0));
  }

  @Test
  void theMixIsTheSumOfBothOnTheSameRollouts() {
    TrainingSet set = set(new OdeRule(), 5);
    UpdateNoise noise = new UpdateNoise(11, 4);
    NftLoss nft =
        new NftLoss(set, new NftLoss.Settings(1, 2, NftLoss.Hold.NONE, 5, 0.1, 2, 6, 2), noise);
    ReflLoss refl = loss(set, GradientRule.RAW, 1, 0.4, 0);
    Gradients.Evaluated own = Gradients.evaluate(nft, ALL, TRAINED, SAMPLING, REFERENCE);
    Gradients.Evaluated pushed = Gradients.evaluate(refl, ALL, TRAINED, SAMPLING, REFERENCE);
    MixedLoss mixed = new MixedLoss(nft, refl);
    assertThat(mixed.samples()).isEqualTo(6);
    assertThat(mixed.steps()).isEqualTo(nft.steps());
    Gradients.Evaluated both = Gradients.evaluate(mixed, ALL, TRAINED, SAMPLING, REFERENCE);
    assertThat(both.value()).isCloseTo(own.value() + pushed.value(), offset(1e-9));
    assertThat(both.measures().meanLoss()).isCloseTo(both.value(), offset(1e-9));
    assertThat(both.measures().meanKl()).isEqualTo(own.measures().meanKl());
    for (int i = 0; i < both.gradient().length; i++) {
      assertThat(both.gradient()[i])
          .isCloseTo(own.gradient()[i] + pushed.gradient()[i], offset(1e-9));
    }
  }

  @Test
  void rulesChangeTheLengthOnly() {
    float[] gradient = {3, 0, -4, 0};
    assertThat(GradientRule.RAW.factor(gradient, 1)).isEqualTo(1);
    assertThat(GradientRule.CLIP.factor(gradient, 10)).isEqualTo(1);
    assertThat(GradientRule.CLIP.factor(gradient, 1)).isEqualTo(0.2);
    assertThat(GradientRule.NORMALISE.factor(gradient, 10)).isEqualTo(2);
    assertThat(GradientRule.NORMALISE.factor(new float[4], 10)).isEqualTo(1);
    assertThatThrownBy(() -> GradientRule.of("sign"))
        .hasMessage("refl.gradient: sign (expected: raw, clip or normalise)");
  }

  private static ReflLoss loss(
      TrainingSet set, GradientRule rule, double norm, double weight, double klWeight) {
    return new ReflLoss(set, new ReflLoss.Settings(weight, rule, norm, klWeight, 2, 3));
  }

  /**
   * @param state which recorded state the last step starts from
   */
  private static double byHand(
      TrainingSet set,
      int state,
      double[] weights,
      GradientRule rule,
      double norm,
      double weight,
      double klWeight) {
    double sigma = SCHEDULE.sigma(5);
    JudgedImages judged = set.judged().orElseThrow();
    double sum = 0;
    for (int sample : ALL) {
      int r = sample % ROLLOUTS;
      double[] x = new double[4];
      for (int i = 0; i < 4; i++) {
        x[i] = set.latents()[r][state * 4 + i];
      }
      long token = set.tokens()[r][0];
      double[] v = TinyNetwork.velocity(x, sigma, token, weights);
      double[] reference = TinyNetwork.velocity(x, sigma, token, REFERENCE);
      double length = 0;
      double predicted = 0;
      double kl = 0;
      for (int i = 0; i < 4; i++) {
        double g = judged.gradients()[r][i];
        double level = Math.max(0, Math.min(255, 127.5 * (x[i] - sigma * v[i]) + 127.5));
        length += g * g;
        predicted += g * (level - judged.levels()[r][i]);
        kl += (v[i] - reference[i]) * (v[i] - reference[i]) / 4;
      }
      double factor =
          switch (rule) {
            case RAW -> 1;
            case CLIP -> Math.min(1, norm / Math.sqrt(length));
            case NORMALISE -> norm / Math.sqrt(length);
          };
      sum += -weight * factor * predicted + klWeight * kl;
    }
    return sum / ALL.length;
  }

  /** One of twelve pixels lies outside the range of grey levels, where nothing is pushed. */
  private static TrainingSet set(StepRule rule, int start) {
    Random random = new Random(5);
    float[][] latents = new float[ROLLOUTS][8];
    float[][] levels = new float[ROLLOUTS][4];
    float[][] gradients = new float[ROLLOUTS][4];
    long[][] tokens = new long[ROLLOUTS][1];
    for (int r = 0; r < ROLLOUTS; r++) {
      tokens[r][0] = r;
      for (int i = 0; i < 8; i++) {
        latents[r][i] = (float) (0.5 * random.nextGaussian());
      }
      for (int i = 0; i < 4; i++) {
        levels[r][i] = random.nextInt(256);
        gradients[r][i] = (float) (0.02 * random.nextGaussian());
      }
    }
    latents[1][2] = 3;
    latents[1][6] = 3;
    return new TrainingSet(
        TinyNetwork.SHAPE,
        latents,
        tokens,
        new double[] {1.3, -0.8, 0.4},
        new float[ROLLOUTS][1],
        new SamplingPlan(SCHEDULE, rule, start, 1),
        Optional.of(new JudgedImages(levels, gradients)));
  }
}
