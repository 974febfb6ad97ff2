package io.rewarddance.embedded.trainer.step;

/** Sums over samples, so that slices and minibatches add up. */
public interface Summed<M extends Summed<M>> {
  M plus(M other);

  /** Sum of the samples' losses. */
  double loss();
}
