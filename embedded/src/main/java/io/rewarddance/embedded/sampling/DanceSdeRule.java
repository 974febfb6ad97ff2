package io.rewarddance.embedded.sampling;

/** The SDE of DanceGRPO: the diffusion is the noise level, the same in every step. */
public record DanceSdeRule(double noiseLevel) implements StepRule {
  public DanceSdeRule {
    Diffusion.requireNoiseLevel(noiseLevel);
  }

  @Override
  public Step step(Schedule schedule, int index) {
    return Diffusion.step(schedule.sigma(index), schedule.sigma(index + 1), noiseLevel);
  }
}
