package io.rewarddance.embedded.trainer.judge;

import org.bytedeco.pytorch.Tensor;

/** What a judge says of pairs. */
interface Verdict {
  /** Probabilities that the second image of each pair is the better one. */
  double[] secondBetter(Pairs pairs, int[] indices, Tensor[] weights);
}
