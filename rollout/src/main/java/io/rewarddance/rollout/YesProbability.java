package io.rewarddance.rollout;

/**
 * A judge's answer to a yes-or-no question.
 *
 * @param yesLogProb nats: log of the summed probability of all surface forms of "yes", over the
 *     full vocabulary; negative infinity when there is none
 * @param noLogProb the same for "no"
 */
public record YesProbability(double yesLogProb, double noLogProb) {
  /** By how much rounding may lift the mass above 1. */
  private static final double MASS_TOLERANCE = 1e-3;

  /**
   * @throws NotFiniteException when a value is NaN or positive infinity
   * @throws IllegalArgumentException when the mass is 0 or more than 1
   */
  public YesProbability {
    checkLogProb(yesLogProb, "yesLogProb");
    checkLogProb(noLogProb, "noLogProb");
    double mass = Math.exp(yesLogProb) + Math.exp(noLogProb);
    Check.that(
        Math.max(yesLogProb, noLogProb) > Double.NEGATIVE_INFINITY && mass <= 1 + MASS_TOLERANCE,
        "yes + no mass",
        mass,
        "more than 0, at most 1");
  }

  /** P(yes) / (P(yes) + P(no)), in [0, 1]. */
  public double probability() {
    return 1 / (1 + Math.exp(noLogProb - yesLogProb));
  }

  /** P(yes) + P(no): a falling mass means that the judge has left the answer format. */
  public double mass() {
    return Math.exp(yesLogProb) + Math.exp(noLogProb);
  }

  /** log(P(yes) / P(no)), in nats; keeps resolution where the probability saturates. */
  public double logOdds() {
    return yesLogProb - noLogProb;
  }

  private static void checkLogProb(double value, String name) {
    if (Double.isNaN(value) || value == Double.POSITIVE_INFINITY) {
      throw new NotFiniteException(name, value);
    }
  }
}
