package io.rewarddance.driver.paper.claim;

import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.MetricNames;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.metrics.hacking.Finding;
import io.rewarddance.metrics.hacking.Severity;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who notices when that a run goes wrong: iterations done by then, the run's length for never. The
 * readers are people as they could be imagined; their rules were written before any run.
 */
public final class Noticing {
  /** The monitor's first warning of any rule. */
  public static final String MONITOR = "monitor";

  /** The first of a rule that needs no oracle. */
  public static final String BLIND_MONITOR = "monitor_without_gold";

  /**
   * Watches the training prompts' P(yes), mean of the last {@value #SMOOTH} iterations, and is
   * alarmed when it is {@value #FALL} below the best so far: never while it rises.
   */
  public static final String P_YES_READER = "p_yes_reader";

  /**
   * Looks at each evaluation and is alarmed when gold is below the best so far, intervals apart.
   */
  public static final String GOLD_READER = "gold_reader";

  private static final int SMOOTH = 10;
  private static final double FALL = 0.03;

  /** Rules that look at evaluations; the prefix of those on drawings. */
  private static final Set<String> BY_GOLD =
      Set.of("proxy-against-gold", "correlation-loss", "gold-collapse");

  private static final String DRAWINGS = "drawing-drift";

  private Noticing() {}

  /** All four, by name. */
  public static SortedMap<String, Integer> of(RunHistory history) {
    int never = history.plan().iterations();
    SortedMap<String, Integer> noticed = new TreeMap<>();
    noticed.put(MONITOR, monitor(history, true).orElse(never));
    noticed.put(BLIND_MONITOR, monitor(history, false).orElse(never));
    noticed.put(P_YES_READER, reader(pYes(history)).orElse(never));
    noticed.put(GOLD_READER, goldReader(history.evaluations()).orElse(never));
    return noticed;
  }

  private static OptionalInt monitor(RunHistory history, boolean withGold) {
    return history.iterations().stream()
        .filter(record -> record.findings().stream().anyMatch(f -> counts(f, withGold)))
        .mapToInt(record -> record.iteration() + 1)
        .findFirst();
  }

  private static boolean counts(Finding finding, boolean withGold) {
    boolean byGold = BY_GOLD.contains(finding.rule()) || finding.rule().startsWith(DRAWINGS);
    return finding.severity() != Severity.INFO && (withGold || !byGold);
  }

  private static List<Double> pYes(RunHistory history) {
    List<Double> values = new ArrayList<>();
    for (IterationRecord record : history.iterations()) {
      values.add(record.metrics().getOrDefault(MetricNames.P_YES, Double.NaN));
    }
    return values;
  }

  /** Iterations done when the smoothed values have fallen. */
  static OptionalInt reader(List<Double> values) {
    double best = Double.NEGATIVE_INFINITY;
    for (int end = SMOOTH; end <= values.size(); end++) {
      double mean =
          values.subList(end - SMOOTH, end).stream()
              .mapToDouble(Double::doubleValue)
              .filter(Double::isFinite)
              .average()
              .orElse(Double.NaN);
      if (mean < best - FALL) {
        return OptionalInt.of(end);
      }
      best = Math.max(best, Double.isNaN(mean) ? best : mean);
    }
    return OptionalInt.empty();
  }

  static OptionalInt goldReader(List<Evaluation> evaluations) {
    MeanInterval best = null;
    for (Evaluation evaluation : evaluations) {
      if (evaluation.goldStrict().isPresent()) {
        MeanInterval gold = evaluation.goldStrict().get();
        if (best != null && gold.mean() < best.mean() && gold.apartFrom(best)) {
          return OptionalInt.of(evaluation.iterations());
        }
        best = best == null || gold.mean() > best.mean() ? gold : best;
      }
    }
    return OptionalInt.empty();
  }
}
