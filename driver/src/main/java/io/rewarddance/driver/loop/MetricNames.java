package io.rewarddance.driver.loop;

/** Names of the numbers of an iteration; formulas in {@code docs/metrics.md}. */
public final class MetricNames {
  /** Mean P(yes) over judged rollouts and judges; {@code p_yes.<judge>} for one judge. */
  public static final String P_YES = "p_yes";

  /** Mean yes + no mass. */
  public static final String YES_NO_MASS = "yes_no_mass";

  /** Mean total reward, of rollouts that have one. */
  public static final String REWARD = "reward";

  /** Standard deviation of the reward over the iteration. */
  public static final String REWARD_SIGMA = "reward_sigma";

  /** Mean standard deviation of the reward inside groups. */
  public static final String GROUP_SIGMA = "group_sigma";

  /** Reward sigma over the monitor's sliding window of iterations, as the paper has it. */
  public static final String WINDOW_SIGMA = "reward_sigma_window";

  /** Mean absolute advantage of trained rollouts. */
  public static final String ADVANTAGE_ABS = "advantage_abs";

  /** Share of trained rollouts whose advantage was clipped. */
  public static final String ADVANTAGE_CLIPPED = "advantage_clipped";

  /** Mean loss of the update. */
  public static final String LOSS = "loss";

  /** Mean policy ratio of the update. */
  public static final String RATIO_MEAN = "ratio_mean";

  /** Largest |ratio - 1| before any weight changed. */
  public static final String RATIO_DEVIATION = "ratio_deviation";

  /** Share of ratios clipped below. */
  public static final String CLIP_LOW = "clip_low";

  /** Share of ratios clipped above. */
  public static final String CLIP_HIGH = "clip_high";

  /** KL to the reference policy, by the estimator that the configuration names. */
  public static final String KL = "kl";

  /** Mean squared velocity distance between trained and sampling policy. */
  public static final String POLICY_DISTANCE = "policy_distance";

  /** Mean gradient norm before clipping. */
  public static final String GRADIENT_NORM = "gradient_norm";

  /** Mean length of the judges' image gradients over trained rollouts, nats per grey level. */
  public static final String IMAGE_GRADIENT_NORM = "image_gradient_norm";

  /** The longest of them. */
  public static final String IMAGE_GRADIENT_NORM_MAX = "image_gradient_norm_max";

  /** Learning rate. */
  public static final String LEARNING_RATE = "learning_rate";

  /** Share of images that equal another of their group. */
  public static final String DUPLICATES = "duplicates";

  private MetricNames() {}
}
