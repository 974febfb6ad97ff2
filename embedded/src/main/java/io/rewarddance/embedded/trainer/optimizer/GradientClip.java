package io.rewarddance.embedded.trainer.optimizer;

/** Clipping by the global norm of all gradients. */
public final class GradientClip {
  private static final double SAFETY = 1e-6;

  private GradientClip() {}

  /**
   * Scales the gradient down to a norm of at most {@code largest}.
   *
   * @return the norm before
   */
  public static double apply(float[] gradient, double largest) {
    double norm = norm(gradient);
    double scale = largest / (norm + SAFETY);
    if (scale < 1) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= (float) scale;
      }
    }
    return norm;
  }

  private static double norm(float[] gradient) {
    double squares = 0;
    for (float value : gradient) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
