package io.rewarddance.driver.report;

/** Places values inside a drawing. */
record Frame(
    Range x,
    Range y,
    double width,
    double height,
    double left,
    double right,
    double top,
    double bottom) {
  double across(double value) {
    return left + (value - x.low()) / (x.high() - x.low()) * (width - left - right);
  }

  double down(double value) {
    return height - bottom - (value - y.low()) / (y.high() - y.low()) * (height - top - bottom);
  }
}
