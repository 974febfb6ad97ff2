package io.rewarddance.embedded.sampling;

/** Euler's step along the probability-flow ODE: no noise. */
public record OdeRule() implements StepRule {
  @Override
  public Step step(Schedule schedule, int index) {
    return new Step(1, schedule.sigma(index + 1) - schedule.sigma(index), 0);
  }

  @Override
  public boolean isStochastic() {
    return false;
  }
}
