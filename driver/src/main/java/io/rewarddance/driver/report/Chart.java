package io.rewarddance.driver.report;

import io.rewarddance.driver.format.Text;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * One drawing of curves over iterations, as SVG that takes its colours from the page.
 *
 * @param title what is shown
 * @param note one line on how to read it
 * @param logarithmic y axis in powers of ten; values that are not positive are left out
 * @param series at least one with a point
 */
record Chart(String title, String note, boolean logarithmic, List<Series> series) {
  private static final double WIDTH = 420;
  private static final double HEIGHT = 210;
  private static final double LEFT = 52;
  private static final double RIGHT = 12;
  private static final double TOP = 10;
  private static final double BOTTOM = 26;

  /** What the marks of runs that lie over each other share, so that none hides another. */
  private static final double ASIDE = 10;

  Chart {
    series =
        series.stream()
            .map(Series::thinned)
            .map(s -> logarithmic ? positive(s) : s)
            .filter(s -> !s.points().isEmpty())
            .toList();
  }

  boolean empty() {
    return series.isEmpty();
  }

  String svg() {
    Html out = new Html();
    Range x = Range.of(points().mapToDouble(Series.Point::x), false);
    Range y =
        logarithmic
            ? Range.logarithmic(points().mapToDouble(Series.Point::y))
            : Range.of(points().flatMapToDouble(p -> DoubleStream.of(p.low(), p.high())), true);
    Frame frame = new Frame(x, y, WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM);
    out.raw(
        Text.format("<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"", WIDTH, HEIGHT));
    out.text(title + ": " + description()).raw("\">");
    axes(out, frame);
    for (int i = 0; i < series.size(); i++) {
      curve(out, frame, series.get(i), tone(i));
    }
    return out.raw("</svg>").toString();
  }

  /** The curves' names with their colours; nothing for a single one. */
  String legend() {
    Html out = new Html();
    if (series.size() > 1) {
      out.raw("<p class=\"legend\">");
      for (int i = 0; i < series.size(); i++) {
        out.raw("<span class=\"key tone" + tone(i) + "\"></span>")
            .text(series.get(i).name())
            .raw(" ");
      }
      out.raw("</p>");
    }
    return out.toString();
  }

  /** A run has one colour in all drawings, also where another has no curve. */
  private int tone(int index) {
    int run = series.get(index).run();
    return run == Series.ALONE ? index : run;
  }

  private void axes(Html out, Frame frame) {
    List<Double> rows =
        logarithmic
            ? Ticks.logarithmic(Math.pow(10, frame.y().low()), Math.pow(10, frame.y().high()), 5)
            : Ticks.linear(frame.y().low(), frame.y().high(), 4);
    for (double value : rows) {
      double at = frame.down(logarithmic ? Math.log10(value) : value);
      out.raw(
          Text.format(
              "<line class=\"grid\" x1=\"%.0f\" x2=\"%.0f\" y1=\"%.1f\" y2=\"%.1f\"/>",
              LEFT, WIDTH - RIGHT, at, at));
      out.raw(Text.format("<text x=\"%.0f\" y=\"%.1f\" class=\"end\">", LEFT - 6, at + 4))
          .text(label(value))
          .raw("</text>");
    }
    for (double value : Ticks.linear(frame.x().low(), frame.x().high(), 6)) {
      if (value == Math.rint(value)) {
        out.raw(
            Text.format(
                "<text x=\"%.1f\" y=\"%.0f\" class=\"mid\">%.0f</text>",
                frame.across(value), HEIGHT - 8, value));
      }
    }
  }

  private void curve(Html out, Frame frame, Series curve, int tone) {
    out.raw("<g class=\"tone" + tone + layer(curve) + "\">");
    StringBuilder path = new StringBuilder();
    for (Series.Point point : curve.points()) {
      double left = frame.across(point.x());
      double top = frame.down(logarithmic ? Math.log10(point.y()) : point.y());
      path.append(path.isEmpty() ? 'M' : 'L').append(Text.format("%.1f %.1f", left, top));
      if (curve.marks() || curve.points().size() == 1) {
        mark(out, frame, curve, point, left + aside(curve), top);
      }
    }
    out.raw("<path class=\"" + (curve.marks() ? "thin" : "line") + "\" d=\"" + path + "\"/></g>");
  }

  private double aside(Series curve) {
    return Math.max(curve.run(), 0) * ASIDE / series.size();
  }

  /** Of curves that lie over each other the lowest is wide: it shows where they are equal. */
  private static String layer(Series curve) {
    return curve.run() == Series.ALONE ? "" : curve.run() == 0 ? " under" : " over";
  }

  private void mark(
      Html out, Frame frame, Series curve, Series.Point point, double left, double top) {
    if (point.low() < point.high() && !logarithmic) {
      out.raw(
          Text.format(
              "<line class=\"whisker\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
              left, left, frame.down(point.low()), frame.down(point.high())));
    }
    out.raw(Text.format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>", left, top))
        .text(
            curve.name()
                + " after "
                + Text.format("%.0f", point.x())
                + " iterations: "
                + Text.number(point.y()))
        .raw("</title></circle>");
  }

  private String description() {
    List<Series.Point> points = series.get(0).points();
    String first = Text.number(points.get(0).y());
    return "from " + first + " to " + Text.number(points.get(points.size() - 1).y());
  }

  static String label(double value) {
    return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4
        ? new BigDecimal(Text.format("%.6f", value)).stripTrailingZeros().toPlainString()
        : value == 0 ? "0" : Text.format("%.0e", value);
  }

  private Stream<Series.Point> points() {
    return series.stream().flatMap(curve -> curve.points().stream());
  }

  private static Series positive(Series curve) {
    return curve.with(curve.points().stream().filter(p -> p.y() > 0).toList());
  }
}
