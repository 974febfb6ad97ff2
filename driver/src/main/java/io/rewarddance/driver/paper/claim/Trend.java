package io.rewarddance.driver.paper.claim;

import io.rewarddance.metrics.stat.Bootstrap;
import io.rewarddance.metrics.stat.MeanInterval;
import io.rewarddance.metrics.stat.RankCorrelation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rank correlation over cells. Its interval comes from drawing cells again, whole: a cell's value
 * holds the chance of its seed and of its images already.
 */
public final class Trend {
  /** Below this many cells there is no interval. */
  static final int LEAST_CELLS = 4;

  private Trend() {}

  /**
   * One cell.
   *
   * @param x such as the size of its judge
   * @param y such as gold after training
   */
  public record Point(long seed, double x, double y) {}

  /** Rank correlation of x and y. */
  public static Optional<MeanInterval> of(List<Point> points, long seed) {
    return interval(points.size(), seed, drawn -> correlation(points, drawn));
  }

  /**
   * How much better one x goes with y than another: the difference of their rank correlations over
   * the same cells, drawn again together.
   *
   * @param others the same cells with the other x, in the same order
   */
  public static Optional<MeanInterval> difference(
      List<Point> points, List<Point> others, long seed) {
    if (points.size() != others.size()) {
      throw new IllegalArgumentException(
          "others: " + others.size() + " (expected: " + points.size() + ", the same cells)");
    }
    return interval(
        points.size(), seed, drawn -> correlation(points, drawn) - correlation(others, drawn));
  }

  /** How many seeds the cells are of. */
  public static int seeds(List<Point> points) {
    return (int) points.stream().mapToLong(Point::seed).distinct().count();
  }

  private interface Estimate {
    double of(int[] cells);
  }

  private static Optional<MeanInterval> interval(int cells, long seed, Estimate estimate) {
    if (cells < LEAST_CELLS) {
      return Optional.empty();
    }
    int[] all = IntStream.range(0, cells).toArray();
    return new Bootstrap(seed)
        .interval(estimate.of(all), cells, chance -> estimate.of(chance.units(cells)));
  }

  private static double correlation(List<Point> points, int[] drawn) {
    List<Point> some = new ArrayList<>();
    for (int cell : drawn) {
      some.add(points.get(cell));
    }
    return RankCorrelation.spearman(
            some.stream().mapToDouble(Point::x).toArray(),
            some.stream().mapToDouble(Point::y).toArray())
        .orElse(Double.NaN);
  }
}
