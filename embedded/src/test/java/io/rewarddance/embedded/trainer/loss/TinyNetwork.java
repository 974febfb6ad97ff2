package io.rewarddance.embedded.trainer.loss;

import io.rewarddance.embedded.trainer.tensor.Network;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;

/**
 * v = tanh(x W + sigma b + t c) on states of 4 elements, t the first token: 24 weights, in double,
 * once in libtorch and once by hand.
 */
final class TinyNetwork {
  static final int ELEMENTS = 4;
  static final int WEIGHTS = ELEMENTS * ELEMENTS + 2 * ELEMENTS;
  static final long[] SHAPE = {1, 2, 2};

  private TinyNetwork() {}

  static Network network() {
    return (x, sigma, tokens, weights) ->
        x.flatten(1, -1)
            .mm(weights[0])
            .add(sigma.view(-1, 1).mul(weights[1]))
            .add(tokens.narrow(1, 0, 1).mul(weights[2]))
            .tanh()
            .view(-1, 1, 2, 2);
  }

  static double[] weights(int seed) {
    Random random = new Random(seed);
    return random.doubles(WEIGHTS, -0.7, 0.7).toArray();
  }

  static Tensor[] tensors(double[] weights, boolean trained) {
    double[] matrix = java.util.Arrays.copyOfRange(weights, 0, 16);
    double[] level = java.util.Arrays.copyOfRange(weights, 16, 20);
    double[] word = java.util.Arrays.copyOfRange(weights, 20, 24);
    Tensor[] tensors = {Tensors.of(matrix, 4, 4), Tensors.of(level, 1, 4), Tensors.of(word, 1, 4)};
    for (Tensor tensor : tensors) {
      tensor.requires_grad_(trained);
    }
    return tensors;
  }

  static double[] velocity(double[] x, double sigma, long token, double[] weights) {
    double[] v = new double[ELEMENTS];
    for (int j = 0; j < ELEMENTS; j++) {
      double sum = sigma * weights[16 + j] + token * weights[20 + j];
      for (int i = 0; i < ELEMENTS; i++) {
        sum += x[i] * weights[i * ELEMENTS + j];
      }
      v[j] = Math.tanh(sum);
    }
    return v;
  }
}
