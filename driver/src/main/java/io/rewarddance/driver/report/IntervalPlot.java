package io.rewarddance.driver.report;

import io.rewarddance.driver.format.Text;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.List;
import java.util.Optional;

/** Before and after, each with its interval, one row for each category, on a scale from 0 to 1. */
final class IntervalPlot {
  private static final double WIDTH = 640;
  private static final double LEFT = 150;
  private static final double RIGHT = 32;
  private static final double ROW = 34;

  private IntervalPlot() {}

  /**
   * @param name of the category
   * @param before empty when not measured
   * @param after empty when not measured
   */
  record Row(String name, Optional<MeanInterval> before, Optional<MeanInterval> after) {}

  static String svg(List<Row> rows) {
    double height = ROW * rows.size() + 24;
    Html out = new Html();
    out.raw(
        Text.format(
            "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"True alignment before and after, by category\">",
            WIDTH, height));
    for (int percent = 0; percent <= 100; percent += 20) {
      double x = across(percent / 100.0);
      out.raw(
          Text.format(
              "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"4\" y2=\"%.0f\"/>",
              x, x, height - 20));
      out.raw(
          Text.format(
              "<text class=\"mid\" x=\"%.1f\" y=\"%.0f\">%d %%</text>", x, height - 5, percent));
    }
    for (int i = 0; i < rows.size(); i++) {
      row(out, rows.get(i), ROW * i + ROW / 2);
    }
    return out.raw("</svg>").toString();
  }

  private static void row(Html out, Row row, double middle) {
    out.raw(Text.format("<text class=\"end strong\" x=\"%.0f\" y=\"%.1f\">", LEFT - 12, middle + 4))
        .text(row.name())
        .raw("</text>");
    row.before().ifPresent(interval -> whisker(out, "before", interval, middle - 6));
    row.after().ifPresent(interval -> whisker(out, "after", interval, middle + 6));
  }

  private static void whisker(Html out, String when, MeanInterval interval, double y) {
    out.raw("<g class=\"" + when + "\"><title>")
        .text(when + " " + Text.interval(interval) + ", " + interval.n() + " images")
        .raw("</title>");
    out.raw(
        Text.format(
            "<line class=\"whisker\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
            across(interval.low()), across(interval.high()), y, y));
    out.raw(
        Text.format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/></g>", across(interval.mean()), y));
  }

  private static double across(double share) {
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }
}
