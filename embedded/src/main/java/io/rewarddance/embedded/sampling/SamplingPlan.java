package io.rewarddance.embedded.sampling;

import java.util.Objects;

/**
 * All steps of a trajectory: the sampler's own rule inside the window [sdeStart, sdeStart +
 * sdeSteps), Euler's outside it. The states at the window's edges are recorded.
 *
 * <p>The last step of a schedule ends at sigma 0, where no sampler has noise left to score, so a
 * window ends before it; that of the ODE, which only records, may take it in.
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
    if (sdeSteps < 0) {
      throw new IllegalArgumentException("sde_steps: " + sdeSteps + " (expected: >= 0)");
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
    int end = rule.isStochastic() ? last : last + 1;
    if (sdeSteps > end - sdeStart) {
      throw new IllegalArgumentException(
          "sde_steps: %d from sde_start %d (expected: to end by step %d of %d%s)"
              .formatted(
                  sdeSteps,
                  sdeStart,
                  end,
                  last + 1,
                  rule.isStochastic() ? ", the last has no noise" : ""));
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
    return (isRecorded(index) ? rule : ODE).step(schedule, index);
  }

  /** Whether step {@code index} lies in the window, so that its states are recorded. */
  public boolean isRecorded(int index) {
    return index >= sdeStart && index - sdeStart < sdeSteps;
  }

  /** Whether step {@code index} draws noise. */
  public boolean isStochastic(int index) {
    return rule.isStochastic() && isRecorded(index);
  }
}
