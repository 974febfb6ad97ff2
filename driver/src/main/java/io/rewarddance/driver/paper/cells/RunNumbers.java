package io.rewarddance.driver.paper.cells;

import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.MetricNames;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.loop.StageNames;
import io.rewarddance.driver.paper.claim.Noticing;
import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.paper.work.Measures;
import io.rewarddance.metrics.hacking.Finding;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run's journal says, as numbers of its cell. */
final class RunNumbers {
  private final RunHistory history;
  private final RunSummary summary;
  private final SortedMap<String, MeanInterval> values = new TreeMap<>();
  private final SortedMap<String, List<CellNumbers.Point>> curves = new TreeMap<>();

  private RunNumbers(RunHistory history) {
    this.history = history;
    this.summary = RunSummary.of(history);
  }

  static CellNumbers of(RunHistory history) {
    return new RunNumbers(history).numbers();
  }

  private CellNumbers numbers() {
    put(Measures.GOLD_BEFORE, summary.goldBefore());
    put(Measures.GOLD_AFTER, summary.goldAfter());
    put(Measures.GRADED_AFTER, summary.after().flatMap(Evaluation::goldGraded));
    put(Measures.P_YES_BEFORE, summary.before().flatMap(RunNumbers::pYes));
    put(Measures.P_YES_AFTER, summary.after().flatMap(RunNumbers::pYes));
    if (summary.rewardSigmaLate().isPresent()) {
      put(Measures.SIGMA_LATE, Optional.of(exact(summary.rewardSigmaLate().getAsDouble())));
    }
    Noticing.of(history)
        .forEach((who, when) -> put(Measures.NOTICED + who, Optional.of(exact(when))));
    curves.put(Measures.GOLD, gold());
    curves.put(Measures.P_YES, trained(MetricNames.P_YES));
    curves.put(Measures.SIGMA, trained(MetricNames.WINDOW_SIGMA));
    return new CellNumbers(values, curves, notes(), seconds(), digest());
  }

  private void put(String name, Optional<MeanInterval> value) {
    value.ifPresent(v -> values.put(name, v));
  }

  private static MeanInterval exact(double value) {
    return new MeanInterval(value, value, value, 1);
  }

  /** There is one judge in every cell. */
  private static Optional<MeanInterval> pYes(Evaluation evaluation) {
    return evaluation.pYes().values().stream().findFirst();
  }

  private List<CellNumbers.Point> gold() {
    List<CellNumbers.Point> points = new ArrayList<>();
    for (Evaluation evaluation : history.evaluations()) {
      evaluation
          .goldStrict()
          .ifPresent(
              g ->
                  points.add(
                      new CellNumbers.Point(evaluation.iterations(), g.mean(), g.low(), g.high())));
    }
    return points;
  }

  private List<CellNumbers.Point> trained(String metric) {
    List<CellNumbers.Point> points = new ArrayList<>();
    for (IterationRecord record : history.iterations()) {
      Double value = record.metrics().get(metric);
      if (value != null && Double.isFinite(value)) {
        points.add(new CellNumbers.Point(record.iteration() + 1, value, value, value));
      }
    }
    return points;
  }

  private SortedMap<String, String> notes() {
    SortedMap<String, String> notes = new TreeMap<>();
    notes.put("monitor", summary.hackingState());
    String rules =
        summary.findings().stream().map(Finding::rule).distinct().collect(Collectors.joining(", "));
    if (!rules.isEmpty()) {
      notes.put("findings", rules);
    }
    return notes;
  }

  private SortedMap<String, Double> seconds() {
    SortedMap<String, Double> seconds = new TreeMap<>(summary.seconds());
    double total = seconds.getOrDefault(StageNames.TOTAL, 0.0);
    double other =
        seconds.getOrDefault(StageNames.EVALUATE, 0.0)
            + seconds.getOrDefault(StageNames.START, 0.0)
            + seconds.getOrDefault(StageNames.PAUSED, 0.0);
    seconds.put(Measures.TRAINING, Math.max(0, total - other));
    return seconds;
  }

  /** The last policy, which everything else of a run follows into. */
  private String digest() {
    return summary.policyDigest();
  }
}
