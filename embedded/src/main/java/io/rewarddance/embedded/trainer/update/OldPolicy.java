package io.rewarddance.embedded.trainer.update;

/**
 * How the sampling policy follows the trained one after an update: sampling = decay sampling + (1 -
 * decay) trained.
 */
interface OldPolicy {
  /**
   * @param step optimizer steps taken so far
   */
  double decay(long step);

  /**
   * @param name {@code ema-ramp} for min(0.001 step, 0.5), or a constant decay as a number
   * @throws IllegalArgumentException for anything else
   */
  static OldPolicy of(String name) {
    if (name.equals("ema-ramp")) {
      return step -> Math.min(0.001 * step, 0.5);
    }
    double decay = number(name);
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException(
          "oldPolicy: " + name + " (expected: ema-ramp, or a decay from 0 to below 1)");
    }
    return step -> decay;
  }

  private static double number(String name) {
    try {
      return Double.parseDouble(name);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
