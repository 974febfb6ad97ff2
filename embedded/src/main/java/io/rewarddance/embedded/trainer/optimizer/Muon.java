package io.rewarddance.embedded.trainer.optimizer;

import io.rewarddance.embedded.trainer.tensor.ParameterLayout.Parameter;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import io.rewarddance.proto.training.UpdateSettings.Optimizer;
import org.bytedeco.pytorch.Tensor;

/**
 * Muon: the step of a matrix is its momentum, orthogonalised, so that every direction moves at the
 * same rate.
 *
 * <p>Momentum b += (1 - mu) (g - b) with Nesterov's look-ahead g + mu (b - g); w -= rate decay w,
 * then w -= rate sqrt(max(1, rows / columns)) O. A matrix of three times as many rows as columns is
 * a fused query-key-value projection and is treated as three.
 */
final class Muon {
  private final Optimizer settings;

  Muon(Optimizer settings) {
    this.settings = settings;
  }

  void step(
      float[] weights, float[] gradient, OptimizerState state, Parameter matrix, double rate) {
    int rows = (int) matrix.shape()[0];
    int columns = (int) matrix.shape()[1];
    int parts = rows == 3 * columns ? 3 : 1;
    float[] ahead = lookAhead(gradient, state.momentum(), matrix);
    double keep = 1 - rate * settings.weightDecay();
    double scale = rate * Math.sqrt(Math.max(1, rows / parts / (double) columns));
    int size = matrix.size() / parts;
    for (int part = 0; part < parts; part++) {
      float[] direction = orthogonal(ahead, part * size, rows / parts, columns);
      int offset = matrix.offset() + part * size;
      for (int i = 0; i < size; i++) {
        weights[offset + i] = (float) (weights[offset + i] * keep - scale * direction[i]);
      }
    }
  }

  private float[] lookAhead(float[] gradient, float[] momentum, Parameter matrix) {
    double mu = settings.muonMomentum();
    float[] ahead = new float[matrix.size()];
    for (int i = 0; i < ahead.length; i++) {
      int at = matrix.offset() + i;
      double slope = gradient[at];
      double mean = momentum[at] + (1 - mu) * (slope - momentum[at]);
      momentum[at] = (float) mean;
      ahead[i] = (float) (slope + mu * (mean - slope));
    }
    return ahead;
  }

  private static float[] orthogonal(float[] values, int offset, int rows, int columns) {
    float[] part = new float[rows * columns];
    System.arraycopy(values, offset, part, 0, part.length);
    Tensor direction = NewtonSchulz.orthogonalise(Tensors.of(part, rows, columns));
    Tensors.read(direction, part, 0);
    return part;
  }
}
