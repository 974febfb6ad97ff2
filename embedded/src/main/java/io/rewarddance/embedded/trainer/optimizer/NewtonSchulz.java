package io.rewarddance.embedded.trainer.optimizer;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Pushes all singular values of a matrix towards 1 by five steps of a quintic iteration: the result
 * is close to the nearest semi-orthogonal matrix, singular values between about 0.7 and 1.2.
 */
final class NewtonSchulz {
  private static final int STEPS = 5;
  private static final double A = 3.4445;
  private static final double B = -4.7750;
  private static final double C = 2.0315;
  private static final double EPSILON = 1e-7;

  private NewtonSchulz() {}

  static Tensor orthogonalise(Tensor matrix) {
    boolean tall = matrix.size(0) > matrix.size(1);
    Tensor x = matrix.div(matrix.norm().add(new Scalar(EPSILON)));
    x = tall ? x.t() : x;
    for (int i = 0; i < STEPS; i++) {
      Tensor gram = x.mm(x.t());
      Tensor polynomial = gram.mul(new Scalar(B)).add(gram.mm(gram).mul(new Scalar(C)));
      x = x.mul(new Scalar(A)).add(polynomial.mm(x));
    }
    return tall ? x.t() : x;
  }
}
