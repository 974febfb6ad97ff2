package io.rewarddance.embedded.trainer.judge;

import org.bytedeco.pytorch.Tensor;

/** A judge whose weights are arguments. */
@FunctionalInterface
public interface JudgeNetwork {
  /**
   * Log-probabilities over the vocabulary.
   *
   * @param inputs reference (pairwise only) and image u8 [n, height, width, 3], tokens i64 [n,
   *     words], answer i64 [n, T] (networks that go on after their answer only)
   * @param weights in ascending order of their names
   * @return [n, V]; of a network with answers [n, T + 1, V], position k read after k answer tokens
   */
  Tensor logProbs(Tensor[] inputs, Tensor[] weights);
}
