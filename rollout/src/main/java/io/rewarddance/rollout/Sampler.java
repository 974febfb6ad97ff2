package io.rewarddance.rollout;

import java.util.Arrays;

/** How a generator steps from noise to image. */
public enum Sampler {
  /** Deterministic Euler steps; no log-probabilities. */
  ODE("ode"),
  /** Stochastic steps with noise that follows the schedule (flow-GRPO). */
  FLOW_SDE("flow-sde"),
  /** Stochastic steps with constant noise (DanceGRPO). */
  DANCE_SDE("dance-sde"),
  /** Stochastic steps that keep the schedule's noise power exactly. */
  CPS("cps");

  private final String wireName;

  Sampler(String wireName) {
    this.wireName = wireName;
  }

  /** Name in requests, files and configuration: {@code ode|flow-sde|dance-sde|cps}. */
  public String wireName() {
    return wireName;
  }

  /**
   * @throws IllegalArgumentException when no sampler has this wire name
   */
  public static Sampler of(String wireName) {
    for (Sampler sampler : values()) {
      if (sampler.wireName.equals(wireName)) {
        return sampler;
      }
    }
    throw new IllegalArgumentException(
        "sampler: "
            + wireName
            + " (expected: one of "
            + Arrays.stream(values()).map(Sampler::wireName).toList()
            + ")");
  }
}
