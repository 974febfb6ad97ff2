package io.rewarddance.embedded.trainer.loss;

import io.rewarddance.embedded.trainer.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Tensors of some rollouts of a set, in the weights' floating-point type. */
final class Slice {
  private final TrainingSet set;
  private final int[] rollouts;
  private final ScalarType type;

  /**
   * @param rollouts row i of every tensor belongs to rollout {@code rollouts[i]}
   */
  Slice(TrainingSet set, int[] rollouts, ScalarType type) {
    this.set = set;
    this.rollouts = rollouts;
    this.type = type;
  }

  int size() {
    return rollouts.length;
  }

  /** [n, D]: state {@code state[i]} of rollout i. */
  Tensor states(int[] state) {
    int elements = set.elements();
    float[] values = new float[size() * elements];
    for (int i = 0; i < size(); i++) {
      float[] latents = set.latents()[rollouts[i]];
      System.arraycopy(latents, state[i] * elements, values, i * elements, elements);
    }
    return Tensors.of(values, size(), elements).to(type);
  }

  /** A column [n, 1] of one number a row. */
  Tensor column(double[] values) {
    return Tensors.of(values, size(), 1).to(type);
  }

  /** A column [n, 1] of one number a row, in double. */
  Tensor exactColumn(double[] values) {
    return Tensors.of(values, size(), 1);
  }

  /** The network's inputs for flat states [n, D] at noise levels {@code sigma} [n]. */
  Policies.Inputs inputs(Tensor flat, double[] sigma) {
    int words = set.tokens()[0].length;
    long[] tokens = new long[size() * words];
    long[] shape = new long[set.latentShape().length + 1];
    shape[0] = size();
    System.arraycopy(set.latentShape(), 0, shape, 1, set.latentShape().length);
    for (int i = 0; i < size(); i++) {
      System.arraycopy(set.tokens()[rollouts[i]], 0, tokens, i * words, words);
    }
    return new Policies.Inputs(
        flat.view(shape), Tensors.of(sigma, size()).to(type), Tensors.of(tokens, size(), words));
  }

  /** One number a row. */
  double[] advantages(double clip) {
    double[] advantages = new double[size()];
    for (int i = 0; i < size(); i++) {
      advantages[i] = Math.max(-clip, Math.min(clip, set.advantages()[rollouts[i]]));
    }
    return advantages;
  }
}
