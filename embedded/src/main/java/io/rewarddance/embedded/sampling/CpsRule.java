package io.rewarddance.embedded.sampling;

/**
 * Coefficient-preserving sampling: the step ends with exactly the noise power that the schedule
 * asks for, of which the share sin^2(a pi / 2) is new. Its log-probability is the Gaussian one with
 * this standard deviation; Flow-GRPO's own code reports only the negative squared distance.
 */
public record CpsRule(double noiseLevel) implements StepRule {
  public CpsRule {
    if (!(noiseLevel > 0 && noiseLevel <= 1)) {
      throw new IllegalArgumentException(
          "noise_level: " + noiseLevel + " (expected: above 0 and at most 1 for cps)");
    }
  }

  @Override
  public Step step(Schedule schedule, int index) {
    double sigma = schedule.sigma(index);
    double next = schedule.sigma(index + 1);
    double std = next * Math.sin(noiseLevel * Math.PI / 2);
    double kept = Math.sqrt(next * next - std * std);
    return new Step((1 - next) + kept, (1 - sigma) * kept - sigma * (1 - next), std);
  }
}
