package io.rewarddance.embedded.trainer.loss;

import java.util.Locale;

/** What is done to the length of a rollout's image gradient before it is pushed on. */
public enum GradientRule {
  /** Nothing. */
  RAW,
  /** One that is longer than the norm is shortened to it. */
  CLIP,
  /** All get the norm's length; one of length 0 stays. */
  NORMALISE;

  /**
   * @throws IllegalArgumentException when no rule has this name
   */
  public static GradientRule of(String name) {
    for (GradientRule rule : values()) {
      if (rule.wireName().equals(name)) {
        return rule;
      }
    }
    throw new IllegalArgumentException(
        "refl.gradient: " + name + " (expected: raw, clip or normalise)");
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a gradient is multiplied by. */
  double factor(float[] gradient, double norm) {
    double squares = 0;
    for (float value : gradient) {
      squares += (double) value * value;
    }
    double length = Math.sqrt(squares);
    if (this == RAW || length == 0) {
      return 1;
    }
    return this == CLIP ? Math.min(1, norm / length) : norm / length;
  }
}
