package io.rewarddance.embedded.trainer.step;

import io.rewarddance.embedded.trainer.optimizer.GradientClip;
import io.rewarddance.embedded.trainer.optimizer.OptimizerState;
import io.rewarddance.embedded.trainer.optimizer.Stepper;

/** Weights on their way down, and what the optimizer remembers of it. */
public final class Descent {
  private final Stepper stepper;
  private final double largestNorm;
  private final float[] weights;
  private OptimizerState optimizer;

  /**
   * @param largestNorm gradients are clipped to
   * @param weights where to start; copied
   */
  public Descent(Stepper stepper, double largestNorm, float[] weights, OptimizerState optimizer) {
    this.stepper = stepper;
    this.largestNorm = largestNorm;
    this.weights = weights.clone();
    this.optimizer = optimizer;
  }

  /**
   * One optimizer step.
   *
   * @param result its gradient is clipped in place
   * @param factor share of the peak rates
   * @param where what the step is called in errors
   * @return the gradient's norm before clipping
   * @throws NonFiniteException when the loss, the gradient or a weight isn't finite
   */
  public double step(StepRunner.Result<? extends Summed<?>> result, double factor, String where) {
    requireFinite("loss", result.measures().loss(), where);
    double norm = GradientClip.apply(result.gradient(), largestNorm);
    requireFinite("gradient norm", norm, where);
    optimizer = stepper.step(weights, result.gradient(), optimizer, factor);
    for (float weight : weights) {
      requireFinite("weight", weight, where);
    }
    return norm;
  }

  /** Not a copy: the next step changes it. */
  public float[] weights() {
    return weights;
  }

  public OptimizerState optimizer() {
    return optimizer;
  }

  private static void requireFinite(String name, double value, String where) {
    if (!Double.isFinite(value)) {
      throw new NonFiniteException(name + ": " + value + " in " + where + " (expected: finite)");
    }
  }
}
