package io.rewarddance.embedded.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  @Test
  void shiftTwoOfFourSteps() {
    assertThat(Schedule.shifted(4, 2).sigmas())
        .containsExactly(1f, (float) (1.5 / 1.75), (float) (1 / 1.5), 0.4f, 0f);
  }

  @Property
  void levelsFallFromOneToZero(
      @ForAll @IntRange(min = 1, max = 200) int steps,
      @ForAll @DoubleRange(min = 0.2, max = 20) double shift) {
    Schedule schedule = Schedule.shifted(steps, shift);
    assertThat(schedule.sigma(0)).isEqualTo(1);
    assertThat(schedule.sigma(steps)).isZero();
    assertThat(Schedule.of(schedule.sigmas()).steps()).isEqualTo(steps);
  }

  @Test
  void levelsThatDoNotFallAreRefused() {
    assertThatThrownBy(() -> Schedule.of(1f, 0.5f, 0.5f)).hasMessageContaining("sigmas[2]: 0.5");
    assertThatThrownBy(() -> Schedule.of(1f, Float.NaN)).hasMessageContaining("sigmas[1]: NaN");
    assertThatThrownBy(() -> Schedule.of(1f)).hasMessageContaining("1 levels");
    assertThatThrownBy(() -> Schedule.shifted(0, 2)).hasMessage("steps: 0 (expected: >= 1)");
    assertThatThrownBy(() -> Schedule.shifted(4, 0)).hasMessageContaining("sigma_shift: 0.0");
  }

  @Test
  void windowStepsFollowTheRuleAndOthersTheOde() {
    SamplingPlan plan = new SamplingPlan(Schedule.shifted(5, 2), new CpsRule(0.5), 1, 2);
    assertThat(plan.isStochastic(0)).isFalse();
    assertThat(plan.step(1).std()).isPositive();
    assertThat(plan.step(2).std()).isPositive();
    assertThat(plan.step(3)).isEqualTo(new OdeRule().step(plan.schedule(), 3));
  }

  @Test
  void aWindowOfTheOdeIsRecordedAndDrawsNothing() {
    SamplingPlan plan = new SamplingPlan(Schedule.shifted(5, 2), new OdeRule(), 3, 2);
    assertThat(plan.isRecorded(2)).isFalse();
    assertThat(plan.isRecorded(4)).isTrue();
    assertThat(plan.isStochastic(4)).isFalse();
    assertThat(plan.step(4)).isEqualTo(new OdeRule().step(plan.schedule(), 4));
  }

  @ParameterizedTest
  @CsvSource({
    "cps, 0, 5, sde_steps: 5",
    "cps, 4, 1, sde_steps: 1 from sde_start 4",
    "cps, 5, 0, sde_start: 5",
    "cps, -1, 1, sde_start: -1",
    "cps, 0, -1, sde_steps: -1",
    "cps, 3, 2147483647, sde_steps: 2147483647",
    "ode, 4, 2, sde_steps: 2 from sde_start 4 (expected: to end by step 5 of 5)",
  })
  void windowsOutsideTheScheduleAreRefused(String sampler, int start, int steps, String text) {
    StepRule rule = StepRule.named(sampler, 0.5);
    assertThatThrownBy(() -> new SamplingPlan(Schedule.shifted(5, 2), rule, start, steps))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text)
        .hasMessageContaining("expected");
  }
}
