package io.rewarddance.embedded.trainer.loss;

import io.rewarddance.embedded.sampling.SamplingPlan;
import io.rewarddance.embedded.sampling.Step;

/**
 * The rollouts of one file that an update trains on: R rollouts, S = W + 1 states of D elements, W
 * the SDE window. Arrays are not copied.
 *
 * @param latentShape shape of one state, D elements
 * @param latents [R][S * D]; the last state is the clean one when W = 0
 * @param tokens [R][words]
 * @param advantages [R]
 * @param logProbs [R][W], nats, mean over elements, under the policy that sampled
 * @param plan the sampler's steps; the window's give mean and std
 */
public record TrainingSet(
    long[] latentShape,
    float[][] latents,
    long[][] tokens,
    double[] advantages,
    float[][] logProbs,
    SamplingPlan plan) {
  public int size() {
    return latents.length;
  }

  /** W. */
  public int window() {
    return plan.sdeSteps();
  }

  /** D. */
  public int elements() {
    int elements = 1;
    for (long axis : latentShape) {
      elements *= (int) axis;
    }
    return elements;
  }

  /** The step that leads from state {@code w} to state {@code w + 1}. */
  Step step(int w) {
    return plan.step(plan.sdeStart() + w);
  }

  /** Noise level of state {@code w} of the window. */
  double sigma(int w) {
    return plan.schedule().sigma(plan.sdeStart() + w);
  }
}
