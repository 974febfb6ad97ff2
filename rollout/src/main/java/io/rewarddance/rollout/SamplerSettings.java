package io.rewarddance.rollout;

/**
 * How one iteration samples. Steps {@code sdeStart .. sdeStart + sdeSteps - 1} are stochastic and
 * recorded, all others follow the ODE.
 *
 * @param sampler update rule inside the window
 * @param steps length of the schedule, at least 1
 * @param sdeStart first step of the window
 * @param sdeSteps length of the window; 0 for the ODE
 * @param noiseLevel strength of the sampler's noise, in the sampler's own terms
 * @param guidance classifier-free guidance; 1 = none
 */
public record SamplerSettings(
    Sampler sampler, int steps, int sdeStart, int sdeSteps, float noiseLevel, float guidance) {
  public SamplerSettings {
    Check.present(sampler, "sampler");
    Check.that(steps >= 1, "steps", steps, ">= 1");
    Check.notNegative(sdeStart, "sdeStart");
    Check.notNegative(sdeSteps, "sdeSteps");
    Check.that(sampler != Sampler.ODE || sdeSteps == 0, "sdeSteps", sdeSteps, "0 for sampler ode");
    // The last step ends at sigma 0, where a sampler's standard deviation may be 0.
    Check.that(
        sdeSteps == 0 || (long) sdeStart + sdeSteps <= steps - 1,
        "sdeStart + sdeSteps",
        (long) sdeStart + sdeSteps,
        "<= steps - 1 = " + (steps - 1));
    Check.finite(noiseLevel, "noiseLevel");
    Check.that(noiseLevel >= 0, "noiseLevel", noiseLevel, ">= 0");
    Check.that(sdeSteps == 0 || noiseLevel > 0, "noiseLevel", noiseLevel, "> 0 for an SDE window");
    Check.finite(guidance, "guidance");
    Check.that(guidance >= 0, "guidance", guidance, ">= 0");
  }
}
