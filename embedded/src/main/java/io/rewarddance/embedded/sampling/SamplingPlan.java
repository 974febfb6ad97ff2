package io.rewarddance.embedded.sampling;

import java.util.Objects;

/**
 * All steps of a trajectory: the sampler's own rule inside the window [sdeStart, sdeStart +
 * sdeSteps), Euler's outside it.
 *
 * <p>The last step of a schedule ends at sigma 0, where no sampler here has noise left, so a window
 * ends before it.
 */
public record SamplingPlan(Schedule schedule, StepRule rule, int sdeStart, int sdeSteps) {
  private static final OdeRule ODE = new OdeRule();

  /**
   * @throws IllegalArgumentException naming the setting that does not fit
   */
  public SamplingPlan {
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(rule, "rule");
    int last = schedule.steps() - 1;
    if (sdeSteps < 0 || (sdeSteps > 0 && !rule.isStochastic())) {
      throw new IllegalArgumentException(
          "sde_steps: "
              + sdeSteps
              + (sdeSteps < 0 ? " (expected: >= 0)" : " (expected: 0 for ode)"));
    }
    if (sdeStart < 0 || sdeStart > last) {
      throw new IllegalArgumentException(
          "sde_start: "
              + sdeStart
              + " (expected: 0 to "
              + last
              + " with steps "
              + (last + 1)
              + ")");
    }
    if (sdeSteps > last - sdeStart) {
      throw new IllegalArgumentException(
          "sde_steps: %d from sde_start %d (expected: to end by step %d of %d, the last has no noise)"
              .formatted(sdeSteps, sdeStart, last, last + 1));
    }
  }

  /**
   * The plan of a request. Without a window the sampler's noise level plays no part and isn't
   * checked.
   *
   * @param sampler wire name
   * @throws IllegalArgumentException naming the setting that does not fit
   */
  public static SamplingPlan of(
      Schedule schedule, String sampler, double noiseLevel, int sdeStart, int sdeSteps) {
    double level = sdeSteps == 0 ? 1 : noiseLevel;
    return new SamplingPlan(schedule, StepRule.named(sampler, level), sdeStart, sdeSteps);
  }

  public Step step(int index) {
    return (isStochastic(index) ? rule : ODE).step(schedule, index);
  }

  /** Whether step {@code index} lies in the window. */
  public boolean isStochastic(int index) {
    return index >= sdeStart && index - sdeStart < sdeSteps;
  }
}
