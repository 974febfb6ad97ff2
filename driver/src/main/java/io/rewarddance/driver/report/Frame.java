package io.rewarddance.driver.report;

import io.rewarddance.driver.format.Text;

/** Places values inside a drawing; all drawings have one width and the same margins. */
record Frame(Range x, Range y, double height) {
  static final double LEFT = 52;

  /** Where drawings end at the right. */
  static final double END = 408;

  private static final double WIDTH = 420;
  private static final double TOP = 10;
  private static final double BOTTOM = 26;

  /** Begins the drawing. */
  Html open(String label) {
    return new Html()
        .raw(
            Text.format("<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"", WIDTH, height))
        .text(label)
        .raw("\">");
  }

  double across(double value) {
    return LEFT + (value - x.low()) / (x.high() - x.low()) * (END - LEFT);
  }

  double down(double value) {
    return height - BOTTOM - (value - y.low()) / (y.high() - y.low()) * (height - TOP - BOTTOM);
  }
}
