package io.rewarddance.embedded.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.rewarddance.embedded.sampling.SamplingPlan;
import io.rewarddance.embedded.sampling.Schedule;
import io.rewarddance.embedded.sampling.Step;
import io.rewarddance.embedded.sampling.StepRule;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpoLossTest {
  private static final int ROLLOUTS = 3;
  private static final int WINDOW = 2;
  private static final double[] TRAINED = TinyNetwork.weights(1);
  private static final double[] SAMPLING = TinyNetwork.weights(1);
  private static final double[] REFERENCE = TinyNetwork.weights(2);
  private static final int[] ALL = {0, 1, 2, 3, 4, 5};

  @ParameterizedTest
  @CsvSource({
    "flow-sde, 0.7, gaussian",
    "flow-sde, 0.7, k1",
    "dance-sde, 0.3, k2",
    "cps, 0.8, k3",
    "cps, 0.8, gaussian"
  })
  void gradientIsThatOfTheLossWrittenByHand(String sampler, double noise, String estimator) {
    TrainingSet set = set(sampler, noise);
    GrpoLoss loss = new GrpoLoss(set, settings(0.5, KlEstimator.of(estimator)));
    Gradients.Evaluated evaluated = Gradients.evaluate(loss, ALL, TRAINED, SAMPLING, REFERENCE);
    Gradients.assertSame(evaluated, TRAINED, weights -> byHand(set, weights, 0.5, estimator));
  }

  @ParameterizedTest
  @CsvSource({
    "flow-sde, 0.7, -0.1432794733",
    "dance-sde, 0.3, 1.1445142829",
    // Full density of the golden mean .3171772342 and std .6657395614.
    "cps, 0.8, -0.6023199120",
  })
  void logProbIsTheGoldenOne(String sampler, double noise, double logProb) {
    SamplingPlan plan = plan(sampler, noise, 0.8f, 0.7f, 0f);
    float[] latents = {0.5f, 0.5f, 0.5f, 0.5f, 0.6f, 0.6f, 0.6f, 0.6f};
    float[][] old = {{(float) logProb}};
    TrainingSet set =
        new TrainingSet(
            TinyNetwork.SHAPE,
            new float[][] {latents},
            new long[][] {{0}},
            new double[] {1},
            old,
            plan);
    // tanh(sigma b) = -0.3 in every element.
    double[] weights = new double[TinyNetwork.WEIGHTS];
    for (int i = 16; i < 20; i++) {
      weights[i] = atanh(-0.3) / 0.8f;
    }
    Measures measures =
        Gradients.evaluate(
                new GrpoLoss(set, settings(0, KlEstimator.K1)),
                new int[] {0},
                weights,
                weights,
                weights)
            .measures();
    assertThat(measures.meanRatio()).isCloseTo(1, offset(1e-6));
    assertThat(measures.meanKl()).isZero();
  }

  @Test
  void theSamplersOwnLogProbsGiveRatiosOfOne() {
    TrainingSet set = set("flow-sde", 0.7);
    for (int r = 0; r < ROLLOUTS; r++) {
      for (int w = 0; w < WINDOW; w++) {
        set.logProbs()[r][w] = (float) logProb(set, r, w, SAMPLING);
      }
    }
    Measures measures =
        Gradients.evaluate(
                new GrpoLoss(set, settings(0, KlEstimator.GAUSSIAN)),
                ALL,
                SAMPLING,
                SAMPLING,
                REFERENCE)
            .measures();
    assertThat(measures.ratioDeviation()).isLessThan(1e-6);
    assertThat(measures.clippedLow() + measures.clippedHigh()).isZero();
    assertThat(measures.loss())
        .isCloseTo(
            -2 * (set.advantages()[0] + set.advantages()[1] + set.advantages()[2]), offset(1e-4));
  }

  @ParameterizedTest
  @CsvSource({
    // advantage, log-ratio, loss, whether the gradient flows: clip 0.2 below, 0.3 above
    "1, 0.1, -1.1051709, true",
    "1, 0.5, -1.3, false",
    "1, -0.5, -0.6065307, true",
    "-1, -0.5, 0.8, false",
    "-1, 0.5, 1.6487213, true",
    "9, 0, -5, true",
  })
  void clipsTheRatioOnTheSideThatWouldGain(
      double advantage, double logRatio, double expected, boolean flows) {
    TrainingSet set = set("flow-sde", 0.7);
    set.advantages()[0] = advantage;
    set.logProbs()[0][0] = (float) (logProb(set, 0, 0, TRAINED) - logRatio);
    GrpoLoss.Settings settings = new GrpoLoss.Settings(0.2, 0.3, 5, 0, KlEstimator.GAUSSIAN, 1);
    Gradients.Evaluated evaluated =
        Gradients.evaluate(
            new GrpoLoss(set, settings), new int[] {0}, TRAINED, SAMPLING, REFERENCE);
    assertThat(evaluated.value()).isCloseTo(expected, offset(1e-5));
    double steepest = 0;
    for (double slope : evaluated.gradient()) {
      steepest = Math.max(steepest, Math.abs(slope));
    }
    assertThat(steepest > 0).isEqualTo(flows);
    assertThat(evaluated.measures().clippedLow()).isEqualTo(logRatio < -0.3 ? 1 : 0);
    assertThat(evaluated.measures().clippedHigh()).isEqualTo(logRatio > 0.3 ? 1 : 0);
  }

  private static double byHand(
      TrainingSet set, double[] weights, double klWeight, String estimator) {
    double sum = 0;
    for (int r = 0; r < ROLLOUTS; r++) {
      for (int w = 0; w < WINDOW; w++) {
        double logProb = logProb(set, r, w, weights);
        double ratio = Math.exp(logProb - set.logProbs()[r][w]);
        double clipped = Math.max(0.9, Math.min(1.1, ratio));
        double a = set.advantages()[r];
        double difference = logProb - logProb(set, r, w, REFERENCE);
        double kl =
            switch (estimator) {
              case "k1" -> difference;
              case "k2" -> difference * difference / 2;
              case "k3" -> Math.exp(-difference) - 1 + difference;
              default -> distance(set, r, w, weights);
            };
        sum += Math.max(-a * ratio, -a * clipped) + klWeight * kl;
      }
    }
    return sum / (ROLLOUTS * WINDOW);
  }

  private static double logProb(TrainingSet set, int r, int w, double[] weights) {
    double[] v = velocity(set, r, w, weights);
    Step step = set.step(w);
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += step.logProb(set.latents()[r][(w + 1) * 4 + i], set.latents()[r][w * 4 + i], v[i]);
    }
    return sum / 4;
  }

  private static double distance(TrainingSet set, int r, int w, double[] weights) {
    double[] v = velocity(set, r, w, weights);
    double[] reference = velocity(set, r, w, REFERENCE);
    Step step = set.step(w);
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      double x = set.latents()[r][w * 4 + i];
      double d = (step.mean(x, v[i]) - step.mean(x, reference[i])) / step.std();
      sum += d * d / 2;
    }
    return sum / 4;
  }

  private static double[] velocity(TrainingSet set, int r, int w, double[] weights) {
    double[] x = new double[4];
    for (int i = 0; i < 4; i++) {
      x[i] = set.latents()[r][w * 4 + i];
    }
    return TinyNetwork.velocity(x, set.sigma(w), set.tokens()[r][0], weights);
  }

  private static TrainingSet set(String sampler, double noise) {
    Random random = new Random(5);
    float[][] latents = new float[ROLLOUTS][(WINDOW + 1) * 4];
    float[][] logProbs = new float[ROLLOUTS][WINDOW];
    long[][] tokens = new long[ROLLOUTS][1];
    double[] advantages = {1.3, -0.8, 0.4};
    TrainingSet set =
        new TrainingSet(
            TinyNetwork.SHAPE,
            latents,
            tokens,
            advantages,
            logProbs,
            plan(sampler, noise, 1f, 0.8f, 0.6f, 0.3f, 0f));
    for (int r = 0; r < ROLLOUTS; r++) {
      tokens[r][0] = r;
      for (int i = 0; i < latents[r].length; i++) {
        latents[r][i] = (float) random.nextGaussian();
      }
      for (int w = 0; w < WINDOW; w++) {
        logProbs[r][w] = (float) (logProb(set, r, w, SAMPLING) + 0.05 * random.nextGaussian());
      }
    }
    return set;
  }

  private static SamplingPlan plan(String sampler, double noise, float... sigmas) {
    int window = sigmas.length - 3 > 0 ? WINDOW : 1;
    return new SamplingPlan(
        Schedule.of(sigmas), StepRule.named(sampler, noise), window - 1, window);
  }

  private static GrpoLoss.Settings settings(double klWeight, KlEstimator estimator) {
    return new GrpoLoss.Settings(0.1, 0.1, 5, klWeight, estimator, 1);
  }

  private static double atanh(double y) {
    return 0.5 * Math.log((1 + y) / (1 - y));
  }
}
