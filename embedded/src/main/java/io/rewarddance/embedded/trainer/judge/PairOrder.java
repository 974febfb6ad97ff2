package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.step.UpdateNoise;

/**
 * Which pairs an optimizer step takes: pass after pass over the file, each in an order of its own.
 * The steps of a judge are counted from its base, so an update goes on where the last one ended.
 */
final class PairOrder {
  private final long seed;
  private final int pairs;
  private int pass = -1;
  private int[] order;

  PairOrder(long seed, int pairs) {
    this.seed = seed;
    this.pairs = pairs;
  }

  /**
   * @param step optimizer steps before this one
   */
  int[] of(long step, int minibatch) {
    int[] indices = new int[minibatch];
    for (int i = 0; i < minibatch; i++) {
      long place = step * minibatch + i;
      indices[i] = orderOf(Math.toIntExact(place / pairs))[(int) (place % pairs)];
    }
    return indices;
  }

  private int[] orderOf(int wanted) {
    if (wanted != pass) {
      order = new UpdateNoise(seed, wanted).order(pairs);
      pass = wanted;
    }
    return order;
  }
}
