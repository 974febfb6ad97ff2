package io.rewarddance.driver.loop;

/** Names of the counts of an iteration. */
public final class CountNames {
  /** Rollouts asked for. */
  public static final String ROLLOUTS = "rollouts";

  /** Rollouts with a reward. */
  public static final String JUDGED = "judged";

  /** Rollouts without a reward because a judge failed. */
  public static final String JUDGE_FAILURES = "judge_failures";

  /** Rollouts that were never drawn. */
  public static final String GENERATOR_FAILURES = "generator_failures";

  /** Groups that did not reach the update. */
  public static final String GROUPS_SET_ASIDE = "groups_set_aside";

  /** Rollouts trained on. */
  public static final String TRAINED = "trained";

  /** Updates of the policy, 0 or 1 in an iteration. */
  public static final String UPDATES = "updates";

  /** Prefix of the counts by failure kind. */
  public static final String FAILURE = "failure.";

  /** Prefix of the counts by reason for setting a group aside. */
  public static final String SET_ASIDE = "set_aside.";

  private CountNames() {}
}
