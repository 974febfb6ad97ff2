package io.rewarddance.embedded.trainer.tensor;

import org.bytedeco.pytorch.Tensor;

/** A velocity network whose weights are arguments. */
@FunctionalInterface
public interface Network {
  /**
   * The velocity noise - x0 at a noisy state.
   *
   * @param x states [n, latent shape]
   * @param sigma noise levels [n], in 0..1
   * @param tokens prompts [n, words]
   * @param weights in ascending order of their names
   * @return [n, latent shape]
   */
  Tensor velocity(Tensor x, Tensor sigma, Tensor tokens, Tensor[] weights);
}
