package io.rewarddance.rollout;

import java.util.Arrays;

/**
 * What a sampler recorded of one rollout. Arrays are handed over: treat them as read-only. Equality
 * is by content.
 *
 * @param latentShape shape of one latent, e.g. {@code [3, 32, 32]}; its product is D
 * @param latents {@code [states][D]} flat: the states at the edges of the SDE window, or the final
 *     latent alone
 * @param states window + 1
 * @param logProbs {@code [window]} nats, mean over the D elements, under the policy that sampled
 * @param sigmas {@code [steps + 1]} the schedule, falling
 */
public record Trajectory(
    int[] latentShape, float[] latents, int states, float[] logProbs, float[] sigmas) {
  /**
   * @throws NotFiniteException when a latent, log-probability or sigma is NaN or infinite
   * @throws IllegalArgumentException when sizes disagree
   */
  public Trajectory {
    Check.present(latentShape, "latentShape");
    Check.present(latents, "latents");
    Check.present(logProbs, "logProbs");
    Check.present(sigmas, "sigmas");
    long size = latentSize(latentShape);
    Check.that(states >= 1, "states", states, ">= 1");
    Check.that(
        latents.length == states * size,
        "latents",
        latents.length + " elements",
        "states * product of latentShape = " + states * size);
    Check.that(
        logProbs.length == states - 1,
        "logProbs",
        logProbs.length + " elements",
        "states - 1 = " + (states - 1));
    Check.finite(latents, "latents");
    Check.finite(logProbs, "logProbs");
    checkSchedule(sigmas);
    Check.that(
        logProbs.length < sigmas.length,
        "logProbs",
        logProbs.length + " elements",
        "at most the " + (sigmas.length - 1) + " steps of the schedule");
  }

  /** Elements of one latent. */
  public int latentSize() {
    return latents.length / states;
  }

  /** Steps of the schedule. */
  public int steps() {
    return sigmas.length - 1;
  }

  private static long latentSize(int[] shape) {
    Check.that(shape.length >= 1, "latentShape", Arrays.toString(shape), "at least one dimension");
    long size = 1;
    for (int dim : shape) {
      Check.that(dim >= 1, "latentShape", Arrays.toString(shape), "dimensions >= 1");
      size = Math.multiplyExact(size, dim);
    }
    return size;
  }

  private static void checkSchedule(float[] sigmas) {
    Check.that(sigmas.length >= 2, "sigmas", sigmas.length + " elements", "steps + 1 >= 2");
    Check.finite(sigmas, "sigmas");
    for (int i = 1; i < sigmas.length; i++) {
      Check.that(
          sigmas[i] < sigmas[i - 1], "sigmas", Arrays.toString(sigmas), "a falling schedule");
    }
    float last = sigmas[sigmas.length - 1];
    Check.that(last >= 0, "sigmas", Arrays.toString(sigmas), "no value below 0");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Trajectory that
        && states == that.states
        && Arrays.equals(latentShape, that.latentShape)
        && Arrays.equals(latents, that.latents)
        && Arrays.equals(logProbs, that.logProbs)
        && Arrays.equals(sigmas, that.sigmas);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(latents) + Arrays.hashCode(logProbs);
  }

  @Override
  public String toString() {
    return "Trajectory[" + states + " states of " + Arrays.toString(latentShape) + "]";
  }
}
