package io.rewarddance.rollout;

/** Why a group isn't trained on. */
public enum SetAsideReason {
  /** Too few of its rollouts got a reward. */
  TOO_FEW_JUDGED,
  /** Its rewards differ by no more than the judge's own noise. */
  BELOW_NOISE_FLOOR,
  /** Its samples couldn't be drawn. */
  GENERATION_FAILED
}
