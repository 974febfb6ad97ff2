package io.rewarddance.embedded.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepRuleTest {
  private static final double X = 0.5;
  private static final double V = -0.3;
  private static final double NEXT = 0.6;

  /** Values that were worked out by hand from the published formulas, one element. */
  @ParameterizedTest
  @CsvSource({
    "flow-sde,  0.7, 0.4761,       0.4427188724, -0.1432794733",
    "dance-sde, 0.3, 0.527525,     0.0948683298,  1.1445142829",
    "dance-sde, 1.4, 0.4761,       0.4427188724, -0.1432794733",
    "cps,       0.8, 0.3171772342, 0.6657395614, -0.6023199119",
  })
  void stepHasTheGoldenMeanDeviationAndLogProbability(
      String sampler, double noise, double mean, double std, double logProb) {
    Step step = StepRule.named(sampler, noise).step(Schedule.of(0.8f, 0.7f, 0f), 0);
    Offset<Double> rounding = within(1e-6); // of 0.8 and 0.7 to float
    assertThat(step.mean(X, V)).isCloseTo(mean, rounding);
    assertThat(step.std()).isCloseTo(std, rounding);
    assertThat(step.logProb(NEXT, X, V)).isCloseTo(logProb, rounding);
  }

  @Test
  void flowSdeAtFullNoiseTakesTheSecondLevel() {
    Step step = new FlowSdeRule(0.7).step(Schedule.of(1f, 0.75f, 0f), 0);
    double diffusion = 0.7 * Math.sqrt(1 / 0.25);
    assertThat(step.std()).isCloseTo(diffusion * 0.5, within(1e-12));
    // The mean keeps the true 1 - sigma, which is 0 there.
    assertThat(step.velocityWeight()).isCloseTo(-0.25, within(1e-12));
    assertThat(step.stateWeight()).isCloseTo(1 - 1.96 * 0.25 / 2, within(1e-12));
  }

  @Test
  void odeReachesTheEstimateOfTheImageAtSigmaZero() {
    Step step = new OdeRule().step(Schedule.of(0.4f, 0f), 0);
    assertThat(step.mean(X, V)).isCloseTo(X - 0.4f * V, within(1e-12));
    assertThat(step.std()).isZero();
  }

  @Property
  void flowAndDanceAreOneUpdate(
      @ForAll @DoubleRange(min = 0.05, max = 0.99) double sigma,
      @ForAll @DoubleRange(min = 0.1, max = 0.95) double share,
      @ForAll @DoubleRange(min = 0.1, max = 2) double noise) {
    Schedule schedule = Schedule.of((float) sigma, (float) (sigma * share), 0f);
    double level = schedule.sigma(0);
    Step flow = new FlowSdeRule(noise).step(schedule, 0);
    Step dance = new DanceSdeRule(noise * Math.sqrt(level / (1 - level))).step(schedule, 0);
    assertThat(dance.stateWeight()).isCloseTo(flow.stateWeight(), within(1e-9));
    assertThat(dance.velocityWeight()).isCloseTo(flow.velocityWeight(), within(1e-9));
    assertThat(dance.std()).isCloseTo(flow.std(), within(1e-9));
  }

  /** With x = sigma x1 + (1 - sigma) x0, the step gives x0 and fresh plus kept noise their due. */
  @Property
  void cpsKeepsTheScheduledPowerOfImageAndNoise(
      @ForAll @DoubleRange(min = 0.05, max = 1) double sigma,
      @ForAll @DoubleRange(min = 0.1, max = 0.95) double share,
      @ForAll @DoubleRange(min = 0.01, max = 1) double noise) {
    Schedule schedule = Schedule.of((float) sigma, (float) (sigma * share), 0f);
    double level = schedule.sigma(0);
    double next = schedule.sigma(1);
    Step step = new CpsRule(noise).step(schedule, 0);
    double image = step.stateWeight() * (1 - level) - step.velocityWeight();
    double kept = step.stateWeight() * level + step.velocityWeight();
    assertThat(image).isCloseTo(1 - next, within(1e-9));
    assertThat(kept * kept + step.std() * step.std()).isCloseTo(next * next, within(1e-9));
  }

  @Property
  void sdeMeanDiffersFromTheOdeByTheScorePart(
      @ForAll @DoubleRange(min = 0.1, max = 0.9) double sigma,
      @ForAll @DoubleRange(min = -3, max = 3) double x,
      @ForAll @DoubleRange(min = -3, max = 3) double v) {
    Schedule schedule = Schedule.of((float) sigma, (float) (sigma / 2), 0f);
    double level = schedule.sigma(0);
    double change = schedule.sigma(1) - level;
    double image = x - level * v;
    double score = -(x - (1 - level) * image) / (level * level);
    double expected = x + v * change - 0.5 * 0.3 * 0.3 * score * change;
    assertThat(new DanceSdeRule(0.3).step(schedule, 0).mean(x, v))
        .isCloseTo(expected, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void noiseLevelsThatCannotBeAreRefused(double noise) {
    for (String sampler : new String[] {"flow-sde", "dance-sde", "cps"}) {
      assertThatThrownBy(() -> StepRule.named(sampler, noise))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("noise_level: " + noise);
    }
  }

  @Test
  void cpsRefusesMoreNoiseThanAllOfIt() {
    assertThatThrownBy(() -> new CpsRule(1.2)).hasMessageContaining("at most 1");
  }

  @Test
  void unknownSamplersAreNamed() {
    assertThatThrownBy(() -> StepRule.named("ddim", 1))
        .hasMessage("sampler: \"ddim\" (expected: ode, flow-sde, dance-sde or cps)");
  }
}
