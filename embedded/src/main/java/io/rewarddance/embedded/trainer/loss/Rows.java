package io.rewarddance.embedded.trainer.loss;

import io.rewarddance.embedded.trainer.tensor.Tensors;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** Reductions of tensors [n, D] whose rows are samples. */
final class Rows {
  private Rows() {}

  /** Mean over each row, [n, 1]. */
  static Tensor mean(Tensor rows) {
    return rows.mean(new long[] {1}, true, new ScalarTypeOptional());
  }

  /** Mean square of each row, [n, 1]. */
  static Tensor meanSquare(Tensor rows) {
    return mean(rows.square());
  }

  /** Sum over all elements, added up in their order. */
  static double sum(Tensor column) {
    double sum = 0;
    for (double value : Tensors.doubles(column)) {
      sum += value;
    }
    return sum;
  }
}
