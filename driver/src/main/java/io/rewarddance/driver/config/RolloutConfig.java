package io.rewarddance.driver.config;

import io.rewarddance.rollout.Sampler;
import java.util.OptionalInt;

/**
 * What is generated in each iteration.
 *
 * @param iterations length of the run
 * @param groups prompts in an iteration
 * @param groupSize images of each prompt, at least 2
 * @param steps length of the denoising schedule
 * @param stepsMax when present, each iteration draws its length from {@code steps} to this
 *     (inclusive), shared by all its groups
 * @param sampler stochastic sampler of the window; {@link Sampler#ODE} has no window
 * @param sdeStart first step of the SDE window
 * @param sdeSteps length of the window; 0 for {@link Sampler#ODE}
 * @param sdeStartMax when present, each iteration draws its window's start from {@code sdeStart} to
 *     this (inclusive), shared by all its groups
 * @param noiseLevel the sampler's noise parameter (a, eta)
 * @param guidance classifier-free guidance; 1 = none
 */
public record RolloutConfig(
    int iterations,
    int groups,
    int groupSize,
    int steps,
    OptionalInt stepsMax,
    Sampler sampler,
    int sdeStart,
    int sdeSteps,
    OptionalInt sdeStartMax,
    double noiseLevel,
    double guidance) {
  public RolloutConfig {
    Check.atLeast("rollouts.iterations", iterations, 1);
    Check.atLeast("rollouts.groups", groups, 1);
    Check.atLeast("rollouts.group_size", groupSize, 2);
    Check.atLeast("rollouts.steps", steps, 1);
    Check.atLeast("rollouts.sde_start", sdeStart, 0);
    Check.atLeast("rollouts.sde_steps", sdeSteps, 0);
    Check.notNegative("rollouts.noise_level", noiseLevel);
    Check.notNegative("rollouts.guidance", guidance);
    Check.that(
        sampler != Sampler.ODE || sdeSteps == 0,
        "rollouts.sde_steps",
        sdeSteps,
        "0 with sampler ode");
    stepsMax.ifPresent(max -> Check.atLeast("rollouts.steps_max", max, steps));
    Check.that(
        stepsMax.isEmpty() || sdeSteps == 0, "rollouts.sde_steps", sdeSteps, "0 with steps_max");
    sdeStartMax.ifPresent(max -> Check.atLeast("rollouts.sde_start_max", max, sdeStart));
    int end = sdeStartMax.orElse(sdeStart) + sdeSteps;
    // The last step ends at sigma 0, where no noise is left to have a density.
    Check.that(
        sdeSteps == 0 || end <= steps - 1,
        "rollouts.sde_start + sde_steps",
        end,
        "<= steps - 1 = " + (steps - 1));
  }

  /** Rollouts of one iteration. */
  public int perIteration() {
    return Math.multiplyExact(groups, groupSize);
  }
}
