package io.rewarddance.embedded.sampling;

/**
 * Noise levels from 1 down to 0, one more than there are steps.
 *
 * <p>The levels are floats, because that is how they travel: everything computed from them, here or
 * by whoever replays a trajectory, starts from the same numbers.
 */
public final class Schedule {
  private final float[] sigmas;

  private Schedule(float[] sigmas) {
    this.sigmas = sigmas;
  }

  /**
   * The shifted schedule sigma = s t / (1 + (s - 1) t) for t evenly spaced from 1 to 0.
   *
   * @param shift s; above 1 spends more of the steps at high noise
   */
  public static Schedule shifted(int steps, double shift) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps: " + steps + " (expected: >= 1)");
    }
    if (!(shift > 0 && shift < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("sigma_shift: " + shift + " (expected: > 0)");
    }
    float[] sigmas = new float[steps + 1];
    for (int i = 0; i <= steps; i++) {
      double t = (steps - i) / (double) steps;
      sigmas[i] = (float) (shift * t / (1 + (shift - 1) * t));
    }
    return new Schedule(sigmas);
  }

  /** A schedule that was used elsewhere: at least two levels in 0..1, each below the one before. */
  public static Schedule of(float... sigmas) {
    if (sigmas.length < 2) {
      throw new IllegalArgumentException("sigmas: " + sigmas.length + " levels (expected: >= 2)");
    }
    float[] copy = sigmas.clone();
    for (int i = 0; i < copy.length; i++) {
      if (!(copy[i] >= 0 && copy[i] <= 1 && (i == 0 || copy[i] < copy[i - 1]))) {
        throw new IllegalArgumentException(
            "sigmas[" + i + "]: " + copy[i] + " (expected: in 0..1 and below the level before)");
      }
    }
    return new Schedule(copy);
  }

  public int steps() {
    return sigmas.length - 1;
  }

  /** Noise level before step {@code index}; {@code sigma(steps())} is where the last step ends. */
  public double sigma(int index) {
    return sigmas[index];
  }

  /** A copy of all levels, [steps + 1]. */
  public float[] sigmas() {
    return sigmas.clone();
  }
}
