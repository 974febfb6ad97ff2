package io.rewarddance.metrics.hacking;

/** What an iteration may report to the monitor, from the rollouts it trains on. */
public enum Signal {
  /** Mean normalised P(yes) of the judges that reward. */
  P_YES("P(yes)"),
  /** Mean P(yes) + P(no). */
  YES_NO_MASS("yes+no mass"),
  /** Standard deviation of all rewards of the iteration. */
  REWARD_SIGMA("reward sigma"),
  /** Mean standard deviation of rewards inside groups. */
  GROUP_SIGMA("reward sigma inside groups"),
  /** Share of images that equal another of their group. */
  DUPLICATES("share of duplicate images"),
  /** Mean gradient norm before clipping. */
  GRADIENT_NORM("gradient norm"),
  /** Distance of the trained policy from the one that sampled. */
  POLICY_DISTANCE("policy distance");

  private final String label;

  Signal(String label) {
    this.label = label;
  }

  /** Its name in messages. */
  public String label() {
    return label;
  }
}
