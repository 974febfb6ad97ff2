package io.rewarddance.embedded.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StepTest {
  private final Step step = new Step(0.9, -0.2, 0.5);

  @Test
  void advanceMovesToTheMeanPlusScaledNoise() {
    float[] x = {1, 2};
    step.advance(x, new float[] {3, 4}, new float[] {-1, 2});
    assertThat(x).containsExactly(-0.2f, 2.0f);
  }

  @Test
  void advanceWithoutNoiseMovesToTheMean() {
    float[] x = {1, 2};
    step.advance(x, new float[] {3, 4});
    assertThat(x).containsExactly(0.3f, 1.0f);
  }

  @Test
  void meanLogProbIsTheMeanOverTheElements() {
    float[] next = {0.25f, -1};
    float[] x = {1, 2};
    float[] v = {3, 4};
    double expected = (step.logProb(0.25f, 1, 3) + step.logProb(-1, 2, 4)) / 2;
    assertThat(step.meanLogProb(next, x, v)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void stepsWithoutNoiseHaveNoDensity() {
    Step ode = new Step(1, -0.1, 0);
    assertThatThrownBy(() -> ode.logProb(0, 0, 0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nonFiniteStepsAreRefused() {
    assertThatThrownBy(() -> new Step(Double.NaN, 1, 0)).hasMessageContaining("expected: finite");
    assertThatThrownBy(() -> new Step(1, 1, Double.NaN)).hasMessageContaining("std NaN");
  }
}
