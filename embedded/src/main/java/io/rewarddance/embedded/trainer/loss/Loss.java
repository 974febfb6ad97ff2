package io.rewarddance.embedded.trainer.loss;

import io.rewarddance.embedded.trainer.step.StepRunner;

/** What an update minimises: a mean over samples, which minibatches and slices draw from. */
public interface Loss {
  /** Samples of one update, in their own fixed order; an update visits each once. */
  int samples();

  /** Optimizer steps of one update, each on an equal share of the samples. */
  int steps();

  /** The rollout that a sample is of. */
  int rollout(int sample);

  /**
   * The share of some samples in the loss of their minibatch.
   *
   * @param samples indices of a slice, each below {@link #samples()}
   * @param minibatch samples of the whole minibatch, which the sum is divided by
   * @param measureKl whether to measure the distance to the reference even if it weighs nothing
   */
  StepRunner.Term<Measures> term(
      int[] samples, int minibatch, Policies policies, boolean measureKl);
}
