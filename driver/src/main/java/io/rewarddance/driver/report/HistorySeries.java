package io.rewarddance.driver.report;

import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Curves out of a run's history; x is the number of iterations trained. */
final class HistorySeries {
  private HistorySeries() {}

  /** A number of each iteration; where it isn't finite there is no point. */
  static Series trained(RunHistory history, String name, String metric) {
    List<Series.Point> points = new ArrayList<>();
    for (IterationRecord record : history.iterations()) {
      Double value = record.metrics().get(metric);
      if (value != null && Double.isFinite(value)) {
        points.add(new Series.Point(record.iteration() + 1, value));
      }
    }
    return new Series(name, false, points);
  }

  /** A number of each evaluation that has it. */
  static Series measured(
      RunHistory history, String name, Function<Evaluation, Optional<MeanInterval>> number) {
    List<Series.Point> points = new ArrayList<>();
    for (Evaluation evaluation : history.evaluations()) {
      number
          .apply(evaluation)
          .ifPresent(
              i ->
                  points.add(
                      new Series.Point(evaluation.iterations(), i.mean(), i.low(), i.high())));
    }
    return new Series(name, true, points);
  }

  /** P(yes) over all judges. */
  static Optional<MeanInterval> meanPYes(Evaluation evaluation) {
    return evaluation.pYes().size() == 1
        ? Optional.of(evaluation.pYes().get(evaluation.pYes().firstKey()))
        : evaluation.meanPYes().isEmpty()
            ? Optional.empty()
            : Optional.of(point(evaluation.meanPYes().getAsDouble(), evaluation.images()));
  }

  // Several judges: a mean of means has no interval of its own here.
  private static MeanInterval point(double mean, int images) {
    return new MeanInterval(mean, mean, mean, images);
  }
}
