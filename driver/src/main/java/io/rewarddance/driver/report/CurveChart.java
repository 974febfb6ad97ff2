package io.rewarddance.driver.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Curves over iterations, for pages of several runs.
 *
 * @param curves drawn in the order of the legend
 */
public record CurveChart(List<Curve> curves) {
  public CurveChart {
    curves = List.copyOf(curves);
  }

  /**
   * @param marks whether each point is a measurement of its own, drawn as a dot with its interval
   * @param points rows of x, y, low, high, by rising x
   */
  public record Curve(String name, boolean marks, List<double[]> points) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /** The drawing with its legend; nothing without points. */
  public String html() {
    List<Series> series = new ArrayList<>();
    for (Curve curve : curves) {
      List<Series.Point> points = new ArrayList<>();
      curve.points().forEach(p -> points.add(new Series.Point(p[0], p[1], p[2], p[3])));
      series.add(new Series(curve.name(), curve.marks(), points));
    }
    Chart chart = new Chart("Curves", "", false, series);
    return chart.empty() ? "" : chart.svg() + chart.legend();
  }
}
