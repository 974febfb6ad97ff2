package io.rewarddance.driver.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Points of one curve.
 *
 * @param name shown in the legend
 * @param marks whether each point is a measurement of its own, drawn as a dot with its interval
 * @param points by rising x; only finite ones
 * @param run which of the runs that lie over each other, 0 being the page's own; {@link #ALONE}
 */
record Series(String name, boolean marks, List<Point> points, int run) {
  /** {@link #run} of a drawing of one run alone. */
  static final int ALONE = -1;

  private static final int MOST = 600;

  Series(String name, boolean marks, List<Point> points) {
    this(name, marks, points, ALONE);
  }

  Series {
    points = List.copyOf(points);
  }

  /**
   * @param x iterations trained
   * @param low lower end of an interval, or y
   * @param high upper end, or y
   */
  record Point(double x, double y, double low, double high) {
    Point(double x, double y) {
      this(x, y, y, y);
    }
  }

  /** The same curve as that of one run among others. */
  Series ofRun(int number, String runName) {
    return new Series(runName, marks, points, number);
  }

  /** The same curve with other points. */
  Series with(List<Point> others) {
    return new Series(name, marks, others, run);
  }

  /** The same curve with fewer points: of each stretch the lowest and the highest stay. */
  Series thinned() {
    if (points.size() <= MOST) {
      return this;
    }
    List<Point> kept = new ArrayList<>();
    int stretch = (points.size() + MOST / 2 - 1) / (MOST / 2);
    for (int from = 0; from < points.size(); from += stretch) {
      List<Point> part = points.subList(from, Math.min(points.size(), from + stretch));
      Point low = part.stream().min((a, b) -> Double.compare(a.y(), b.y())).orElseThrow();
      Point high = part.stream().max((a, b) -> Double.compare(a.y(), b.y())).orElseThrow();
      kept.add(low.x() <= high.x() ? low : high);
      if (low != high) {
        kept.add(low.x() <= high.x() ? high : low);
      }
    }
    return with(kept);
  }
}
