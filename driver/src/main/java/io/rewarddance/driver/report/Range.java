package io.rewarddance.driver.report;

import java.util.DoubleSummaryStatistics;
import java.util.stream.DoubleStream;

/** What an axis covers; {@code low < high}. */
record Range(double low, double high) {
  /**
   * @param margin whether the ends keep a little distance from the values
   */
  static Range of(DoubleStream values, boolean margin) {
    DoubleSummaryStatistics all = values.summaryStatistics();
    double low = all.getMin();
    double high = all.getMax();
    if (low == high) {
      double half = low == 0 ? 0.5 : Math.abs(low) * 0.5;
      return new Range(low - half, high + half);
    }
    double space = margin ? (high - low) * 0.06 : 0;
    // Shares and norms that start at 0 shouldn't seem to go below it.
    return new Range(low >= 0 && low - space < 0 ? 0 : low - space, high + space);
  }

  /** Exponents to the base of ten that cover the values, which are all positive. */
  static Range logarithmic(DoubleStream values) {
    DoubleSummaryStatistics all = values.map(Math::log10).summaryStatistics();
    return new Range(
        Math.floor(all.getMin()), Math.max(Math.floor(all.getMin()) + 1, Math.ceil(all.getMax())));
  }
}
