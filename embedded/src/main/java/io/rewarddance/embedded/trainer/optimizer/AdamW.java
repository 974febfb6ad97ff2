package io.rewarddance.embedded.trainer.optimizer;

import io.rewarddance.proto.training.UpdateSettings.Optimizer;

/**
 * AdamW with decoupled weight decay: w -= rate decay w, then w -= rate m' / (sqrt(s') + epsilon)
 * with bias-corrected running means m' of the gradient and s' of its square. Arithmetic in double,
 * state in float.
 */
final class AdamW {
  private final Optimizer settings;

  AdamW(Optimizer settings) {
    this.settings = settings;
  }

  /**
   * One step on elements {@code from} to {@code to - 1}.
   *
   * @param step number of this step, from 1
   */
  void step(
      float[] weights,
      float[] gradient,
      OptimizerState state,
      int from,
      int to,
      long step,
      double rate) {
    double beta1 = settings.beta1();
    double beta2 = settings.beta2();
    double meanCorrection = 1 - Math.pow(beta1, step);
    double squareCorrection = Math.sqrt(1 - Math.pow(beta2, step));
    double keep = 1 - rate * settings.weightDecay();
    double stepSize = rate / meanCorrection;
    float[] means = state.mean();
    float[] squares = state.square();
    for (int i = from; i < to; i++) {
      double slope = gradient[i];
      double mean = beta1 * means[i] + (1 - beta1) * slope;
      double square = beta2 * squares[i] + (1 - beta2) * slope * slope;
      means[i] = (float) mean;
      squares[i] = (float) square;
      double scale = Math.sqrt(square) / squareCorrection + settings.epsilon();
      weights[i] = (float) (weights[i] * keep - stepSize * mean / scale);
    }
  }
}
