package io.rewarddance.embedded.trainer.loss;

import io.rewarddance.embedded.sampling.SamplingPlan;
import io.rewarddance.embedded.sampling.Step;
import java.util.Optional;

/**
 * The rollouts of one file that an update trains on: R rollouts, S = W + 1 states of D elements, W
 * the SDE window. Arrays are not copied.
 *
 * @param latentShape shape of one state, D elements
 * @param latents [R][S * D]; the one state is the clean one when W = 0
 * @param tokens [R][words]
 * @param advantages [R]
 * @param logProbs [R][W], nats, mean over elements, under the policy that sampled
 * @param plan the sampler's steps; the window's give mean and std
 * @param free which elements of a state the policy draws
 * @param judged what judges saw and wish, where they were asked
 */
public record TrainingSet(
    long[] latentShape,
    float[][] latents,
    long[][] tokens,
    double[] advantages,
    float[][] logProbs,
    SamplingPlan plan,
    FreeFrames free,
    Optional<JudgedImages> judged) {
  /** Rollouts of states that are all free. */
  public TrainingSet(
      long[] latentShape,
      float[][] latents,
      long[][] tokens,
      double[] advantages,
      float[][] logProbs,
      SamplingPlan plan,
      Optional<JudgedImages> judged) {
    this(latentShape, latents, tokens, advantages, logProbs, plan, FreeFrames.ALL, judged);
  }

  /** Rollouts without image gradients. */
  public TrainingSet(
      long[] latentShape,
      float[][] latents,
      long[][] tokens,
      double[] advantages,
      float[][] logProbs,
      SamplingPlan plan) {
    this(latentShape, latents, tokens, advantages, logProbs, plan, Optional.empty());
  }

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

  /** Whether the state at level {@code level} of the schedule is among the recorded ones. */
  public boolean records(int level) {
    int first = window() == 0 ? plan.schedule().steps() : plan.sdeStart();
    return level >= first && level <= first + window();
  }

  /** Which of the recorded states lies at a level; there must be one. */
  int state(int level) {
    if (!records(level)) {
      throw new IllegalArgumentException(
          "level: " + level + " (expected: one that the window records)");
    }
    return window() == 0 ? 0 : level - plan.sdeStart();
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
