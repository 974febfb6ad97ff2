package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.step.UpdateNoise;

/**
 * The pairs of one optimizer step.
 *
 * @param indices which pairs of the file
 * @param noise every random choice of this step
 * @param pixels noise on the images
 */
record JudgeMinibatch(Pairs pairs, int[] indices, UpdateNoise noise, PixelNoise pixels) {
  int size() {
    return indices.length;
  }

  /** A coin for one of the pairs. */
  boolean coin(int sample) {
    return noise.uniform(sample) < 0.5;
  }
}
