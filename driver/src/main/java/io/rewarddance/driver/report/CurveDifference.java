package io.rewarddance.driver.report;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How far two curves are apart, where both have a point.
 *
 * @param points how many there are of those
 * @param largest largest absolute difference
 * @param at iterations trained where it is; the first such place
 * @param apart points whose intervals don't meet; for curves without intervals, that differ
 */
record CurveDifference(int points, double largest, long at, int apart) {
  /** Empty when the curves have no point in common. */
  static Optional<CurveDifference> of(Series one, Series other) {
    Map<Double, Series.Point> others =
        other.points().stream()
            .collect(Collectors.toMap(Series.Point::x, Function.identity(), (a, b) -> a));
    int points = 0;
    double largest = -1;
    double at = 0;
    int apart = 0;
    for (Series.Point point : one.points()) {
      Series.Point match = others.get(point.x());
      if (match != null) {
        points++;
        double difference = Math.abs(point.y() - match.y());
        if (difference > largest) {
          largest = difference;
          at = point.x();
        }
        apart += point.high() < match.low() || match.high() < point.low() ? 1 : 0;
      }
    }
    return points == 0
        ? Optional.empty()
        : Optional.of(new CurveDifference(points, largest, Math.round(at), apart));
  }
}
