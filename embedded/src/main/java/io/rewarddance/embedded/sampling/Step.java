package io.rewarddance.embedded.sampling;

/**
 * One step from a state x with velocity v: the next state is Gaussian with mean {@code stateWeight
 * x + velocityWeight v} and standard deviation {@code std} in every element. All samplers have this
 * form; they differ in the three numbers.
 *
 * @param std 0 for a step without noise
 */
public record Step(double stateWeight, double velocityWeight, double std) {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  public Step {
    if (!Double.isFinite(stateWeight) || !Double.isFinite(velocityWeight) || !(std >= 0)) {
      throw new IllegalArgumentException(
          "step: " + stateWeight + ", " + velocityWeight + ", std " + std + " (expected: finite)");
    }
  }

  public double mean(double x, double v) {
    return stateWeight * x + velocityWeight * v;
  }

  /** Moves {@code x} [n] to the mean of its next state. */
  public void advance(float[] x, float[] v) {
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) mean(x[i], v[i]);
    }
  }

  /** Moves {@code x} [n] to the next state that standard normals {@code noise} [n] select. */
  public void advance(float[] x, float[] v, float[] noise) {
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (mean(x[i], v[i]) + std * noise[i]);
    }
  }

  /** Log-density of {@code next} given x and v, one element, in nats. */
  public double logProb(double next, double x, double v) {
    requireNoise();
    double z = (next - mean(x, v)) / std;
    return -0.5 * z * z - Math.log(std) - HALF_LOG_TWO_PI;
  }

  /** Log-density of {@code next} [n] given x and v [n]: the mean over the elements, in nats. */
  public double meanLogProb(float[] next, float[] x, float[] v) {
    requireNoise();
    double squares = 0;
    for (int i = 0; i < next.length; i++) {
      double z = (next[i] - mean(x[i], v[i])) / std;
      squares += z * z;
    }
    return -0.5 * squares / next.length - Math.log(std) - HALF_LOG_TWO_PI;
  }

  private void requireNoise() {
    if (std == 0) {
      throw new IllegalStateException(
          "std: 0.0 (expected: > 0, a step without noise has no density)");
    }
  }
}
