package io.rewarddance.embedded.sampling;

/**
 * The SDE of Flow-GRPO: diffusion a sqrt(sigma / (1 - sigma)). At sigma = 1, where that has no
 * value, 1 - sigma is taken at the schedule's second level, as Flow-GRPO does.
 */
public record FlowSdeRule(double noiseLevel) implements StepRule {
  public FlowSdeRule {
    Diffusion.requireNoiseLevel(noiseLevel);
  }

  @Override
  public Step step(Schedule schedule, int index) {
    double sigma = schedule.sigma(index);
    double below = 1 - (sigma == 1 ? schedule.sigma(1) : sigma);
    return Diffusion.step(sigma, schedule.sigma(index + 1), noiseLevel * Math.sqrt(sigma / below));
  }
}
