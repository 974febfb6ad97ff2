package io.rewarddance.driver.loop;

/** Names of the counts of an iteration. */
public final class CountNames {
  /** Rollouts asked for. */
  public static final String ROLLOUTS = "rollouts";

  /** Rollouts with what advantages are made of. */
  public static final String JUDGED = "judged";

  /** Rollouts without a reward because a judge failed. */
  public static final String JUDGE_FAILURES = "judge_failures";

  /** Prefix of the counts of rollouts that one judge failed on, whatever that led to. */
  public static final String FAILURES_OF_JUDGE = "judge_failures.";

  /** Judged rollouts that a judge was left out of: they have no total reward. */
  public static final String LEFT_OUT = "left_out";

  /** Prefix of the same by the judge. */
  public static final String LEFT_OUT_JUDGE = "left_out.";

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
