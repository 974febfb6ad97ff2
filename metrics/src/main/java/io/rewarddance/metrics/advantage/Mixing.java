package io.rewarddance.metrics.advantage;

/** Where several rewards become one number. */
public enum Mixing {
  /** Weighted sum of rewards, then advantages. */
  REWARD,
  /** Advantages for each reward, then their weighted sum (MixGRPO). */
  ADVANTAGE,
  /** As {@link #ADVANTAGE}, then normalised over the batch (GDPO). */
  GDPO
}
