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
  private static final double HEIGHT = 210;

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
    Range x = Range.of(points().mapToDouble(Series.Point::x), false);
    Range y =
        logarithmic
            ? Range.logarithmic(points().mapToDouble(Series.Point::y))
            : Range.of(points().flatMapToDouble(p -> DoubleStream.of(p.low(), p.high())), true);
    Frame frame = new Frame(x, y, HEIGHT);
    Html out = frame.open(title + ": " + description());
    axes(out, frame);
    for (int i = 0; i < series.size(); i++) {
      curve(out, frame, series.get(i), tone(i));
    }
    return out.raw("</svg>").toString();
  }

  /** The curves' names with their colours; nothing for a single one. */
  String legend() {
    return series.size() > 1
        ? Marks.legend(series.stream().map(Series::name).toList(), this::tone)
        : "";
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
      Axes.row(out, frame.down(logarithmic ? Math.log10(value) : value), label(value));
    }
    for (double value : Ticks.linear(frame.x().low(), frame.x().high(), 6)) {
      if (value == Math.rint(value)) {
        Axes.below(out, frame, value, Text.format("%.0f", value));
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
    if (!logarithmic) {
      Marks.whisker(out, frame, left, point.low(), point.high());
    }
    String where = " after " + Text.format("%.0f", point.x()) + " iterations: ";
    Marks.dot(out, left, top, curve.name() + where + Text.number(point.y()));
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
