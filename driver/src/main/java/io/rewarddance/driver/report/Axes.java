package io.rewarddance.driver.report;

import io.rewarddance.driver.format.Text;

/** Lines and numbers along the axes of drawings. */
final class Axes {
  private Axes() {}

  /** Rows across a drawing whose y axis is linear, with their values at the left. */
  static void rows(Html out, Frame frame) {
    for (double value : Ticks.linear(frame.y().low(), frame.y().high(), 4)) {
      row(out, frame.down(value), Chart.label(value));
    }
  }

  /** A line across the drawing with its name at the left. */
  static void row(Html out, double at, String name) {
    out.raw(
        Text.format(
            "<line class=\"grid\" x1=\"%.0f\" x2=\"%.0f\" y1=\"%.1f\" y2=\"%.1f\"/>",
            Frame.LEFT, Frame.END, at, at));
    out.raw(Text.format("<text x=\"%.0f\" y=\"%.1f\" class=\"end\">", Frame.LEFT - 6, at + 4))
        .text(name)
        .raw("</text>");
  }

  /** A name below the drawing. */
  static void below(Html out, Frame frame, double x, String name) {
    out.raw(
            Text.format(
                "<text x=\"%.1f\" y=\"%.0f\" class=\"mid\">", frame.across(x), frame.height() - 8))
        .text(name)
        .raw("</text>");
  }
}
