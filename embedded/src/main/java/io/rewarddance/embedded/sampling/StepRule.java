package io.rewarddance.embedded.sampling;

/** How a sampler turns a place in the schedule into a step. */
public sealed interface StepRule permits OdeRule, FlowSdeRule, DanceSdeRule, CpsRule {
  /** The step from {@code schedule.sigma(index)} to {@code schedule.sigma(index + 1)}. */
  Step step(Schedule schedule, int index);

  /** Whether its steps add noise. */
  default boolean isStochastic() {
    return true;
  }

  /**
   * The rule of a sampler's wire name.
   *
   * @param noiseLevel a of flow-sde and cps, eta of dance-sde; ode has none
   * @throws IllegalArgumentException naming the sampler or the noise level that can't be
   */
  static StepRule named(String sampler, double noiseLevel) {
    return switch (sampler) {
      case "ode" -> new OdeRule();
      case "flow-sde" -> new FlowSdeRule(noiseLevel);
      case "dance-sde" -> new DanceSdeRule(noiseLevel);
      case "cps" -> new CpsRule(noiseLevel);
      default ->
          throw new IllegalArgumentException(
              "sampler: \"" + sampler + "\" (expected: ode, flow-sde, dance-sde or cps)");
    };
  }
}
