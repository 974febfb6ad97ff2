package io.rewarddance.embedded.trainer.service;

import io.rewarddance.embedded.trainer.state.TrainerState;
import java.util.Locale;

/** Which weights of a version are meant. */
public enum WeightsKind {
  /** What rollouts are drawn with: what gets published. */
  POLICY,
  /** What the optimizer moves; the same as the policy for GRPO. */
  TRAINED,
  /** The running average of what the optimizer moves. */
  AVERAGE;

  /**
   * @throws FaultException when there is no such kind
   */
  public static WeightsKind of(String name) {
    for (WeightsKind kind : values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return kind;
      }
    }
    throw new FaultException(
        Fault.BAD_REQUEST, "kind: " + name + " (expected: policy, trained or average)");
  }

  float[] of(TrainerState state) {
    return switch (this) {
      case POLICY -> state.sampling();
      case TRAINED -> state.trained();
      case AVERAGE -> state.average();
    };
  }
}
