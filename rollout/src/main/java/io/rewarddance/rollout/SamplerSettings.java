package io.rewarddance.rollout;

/**
 * How one iteration samples. Steps {@code sdeStart .. sdeStart + sdeSteps - 1} are stochastic and
 * recorded, all others follow the ODE. A window of the ODE itself is only recorded.
 *
 * @param sampler update rule inside the window
 * @param steps length of the schedule, at least 1
 * @param sdeStart first step of the window
 * @param sdeSteps length of the window; 0 = none, the final state alone is recorded
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
    // The last step ends at sigma 0, where a stochastic sampler's standard deviation may be 0.
    int end = sampler == Sampler.ODE ? steps : steps - 1;
    Check.that(
        sdeSteps == 0 || (long) sdeStart + sdeSteps <= end,
        "sdeStart + sdeSteps",
        (long) sdeStart + sdeSteps,
        sampler == Sampler.ODE ? "<= steps = " + steps : "<= steps - 1 = " + (steps - 1));
    Check.finite(noiseLevel, "noiseLevel");
    Check.that(noiseLevel >= 0, "noiseLevel", noiseLevel, ">= 0");
    Check.that(
        sdeSteps == 0 || sampler == Sampler.ODE || noiseLevel > 0,
        "noiseLevel",
        noiseLevel,
        "> 0 for an SDE window");
    Check.finite(guidance, "guidance");
    Check.that(guidance >= 0, "guidance", guidance, ">= 0");
  }

  /** Whether the state at level {@code level} of the schedule (0 = noise) is recorded. */
  public boolean records(int level) {
    return sdeSteps == 0 ? level == steps : level >= sdeStart && level <= sdeStart + sdeSteps;
  }

  /** Steps whose noise has a density: the window's, none of the ODE. */
  public int scoredSteps() {
    return sampler == Sampler.ODE ? 0 : sdeSteps;
  }
}
