package io.rewarddance.embedded.trainer.optimizer;

/**
 * What an optimizer remembers between steps. Every array has an element for every parameter and is
 * zero where its optimizer isn't the one in charge.
 *
 * @param mean AdamW's running mean of the gradient
 * @param square AdamW's running mean of its square
 * @param momentum Muon's running mean of the gradient
 * @param steps optimizer steps taken
 */
public record OptimizerState(float[] mean, float[] square, float[] momentum, long steps) {
  /** The state before the first step. */
  public static OptimizerState zero(int parameters) {
    return new OptimizerState(
        new float[parameters], new float[parameters], new float[parameters], 0);
  }

  /** A copy that may be changed without changing this. */
  OptimizerState copy() {
    return new OptimizerState(mean.clone(), square.clone(), momentum.clone(), steps);
  }
}
