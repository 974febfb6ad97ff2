package io.rewarddance.driver.report;

import java.util.ArrayList;
import java.util.List;

/** Round numbers along an axis. */
final class Ticks {
  private Ticks() {}

  /**
   * Multiples of 1, 2 or 5 times a power of ten between two values, about {@code wanted} of them.
   */
  static List<Double> linear(double low, double high, int wanted) {
    double step = step((high - low) / wanted);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** Powers of ten between two positive values, thinned to at most {@code most}. */
  static List<Double> logarithmic(double low, double high, int most) {
    int first = (int) Math.ceil(Math.log10(low) - 1e-9);
    int last = (int) Math.floor(Math.log10(high) + 1e-9);
    int stride = Math.max(1, (last - first) / most + 1);
    List<Double> ticks = new ArrayList<>();
    for (int power = first; power <= last; power += stride) {
      ticks.add(Math.pow(10, power));
    }
    return ticks;
  }

  static double step(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double lead = rough / power;
    return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
  }
}
