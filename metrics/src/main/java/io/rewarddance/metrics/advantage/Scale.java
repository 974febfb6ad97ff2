package io.rewarddance.metrics.advantage;

/** Over which rewards the standard deviation is taken that centred rewards are divided by. */
public enum Scale {
  /** Each group's own. */
  GROUP,
  /** All rewards of the batch, around the batch's mean. */
  BATCH,
  /** No division: advantages stay in units of reward (Dr. GRPO). */
  NONE
}
