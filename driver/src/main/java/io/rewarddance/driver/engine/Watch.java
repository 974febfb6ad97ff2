package io.rewarddance.driver.engine;

import io.rewarddance.driver.config.MonitorConfig;
import io.rewarddance.driver.loop.CountNames;
import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.MetricNames;
import io.rewarddance.metrics.hacking.Finding;
import io.rewarddance.metrics.hacking.HackingMonitor;
import io.rewarddance.metrics.hacking.IterationSignals;
import io.rewarddance.metrics.hacking.Measure;
import io.rewarddance.metrics.hacking.Severity;
import io.rewarddance.metrics.hacking.Signal;
import io.rewarddance.metrics.reward.SlidingVariance;
import io.rewarddance.metrics.stat.MeanInterval;
import io.rewarddance.metrics.stat.Moments;
import io.rewarddance.metrics.stat.RankCorrelation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The monitor's memory over the iterations. It sees what the journal holds and nothing else, so a
 * resumed run finds what a run that was never killed would have found.
 */
final class Watch {
  /** Iterations in a row without an update that are no accident any more. */
  private static final int IDLE_LIMIT = 3;

  private static final Map<String, Signal> SIGNALS =
      Map.of(
          MetricNames.P_YES, Signal.P_YES,
          MetricNames.YES_NO_MASS, Signal.YES_NO_MASS,
          MetricNames.REWARD_SIGMA, Signal.REWARD_SIGMA,
          MetricNames.GROUP_SIGMA, Signal.GROUP_SIGMA,
          MetricNames.DUPLICATES, Signal.DUPLICATES,
          MetricNames.GRADIENT_NORM, Signal.GRADIENT_NORM,
          MetricNames.POLICY_DISTANCE, Signal.POLICY_DISTANCE);

  private final HackingMonitor monitor;
  private final SlidingVariance sigma;
  private int idle;

  Watch(MonitorConfig config) {
    this.monitor = HackingMonitor.of(config.window(), config.drawing());
    this.sigma = new SlidingVariance(config.window());
  }

  /** What an earlier sitting saw. */
  void replay(List<IterationRecord> records, List<Evaluation> evaluations) {
    for (IterationRecord record : records) {
      windowSigma(record.metrics(), record.counts());
      observe(record.iteration(), record.metrics(), record.counts(), evaluations);
    }
  }

  /** Reward sigma over the window up to and with these rewards; empty when there are none. */
  Optional<Double> windowSigma(SortedMap<String, Double> metrics, SortedMap<String, Long> counts) {
    Double mean = metrics.get(MetricNames.REWARD);
    if (mean == null) {
      return Optional.empty();
    }
    double own = metrics.get(MetricNames.REWARD_SIGMA);
    long without = counts.getOrDefault(CountNames.LEFT_OUT, 0L);
    sigma.add(Moments.of(counts.get(CountNames.JUDGED) - without, mean, own));
    return Optional.of(sigma.sigma());
  }

  /** What is new in this iteration. */
  List<Finding> observe(
      int iteration,
      SortedMap<String, Double> metrics,
      SortedMap<String, Long> counts,
      List<Evaluation> evaluations) {
    List<Finding> findings =
        new ArrayList<>(
            monitor.observe(signals(iteration, metrics, counts, before(iteration, evaluations))));
    idle = counts.getOrDefault(CountNames.UPDATES, 0L) == 0 ? idle + 1 : 0;
    if (idle > 0 && idle % IDLE_LIMIT == 0) {
      findings.add(idle(iteration));
    }
    return findings;
  }

  private Finding idle(int iteration) {
    return new Finding(
        "nothing-to-train-on",
        Severity.STOP,
        "no update in " + idle + " iterations: every group was set aside",
        "look at set_aside.* in the journal; raise group_size, lower advantage.floor or mend the judge",
        iteration - idle + 1,
        iteration);
  }

  /** Gold belongs to an iteration when it was measured on the policy that drew its rollouts. */
  private static Optional<Evaluation> before(int iteration, List<Evaluation> evaluations) {
    return evaluations.stream()
        .filter(made -> made.iterations() == iteration && made.when() != Evaluation.When.AFTER)
        .findFirst();
  }

  /** What the last evaluation adds: it is of a policy that draws no rollouts any more. */
  List<Finding> conclude(Evaluation after) {
    return monitor.observe(
        signals(after.iterations(), new TreeMap<>(), new TreeMap<>(), Optional.of(after)));
  }

  private static IterationSignals signals(
      int iteration,
      SortedMap<String, Double> metrics,
      SortedMap<String, Long> counts,
      Optional<Evaluation> evaluation) {
    Map<Signal, Double> values = new EnumMap<>(Signal.class);
    SIGNALS.forEach(
        (name, signal) -> {
          if (metrics.containsKey(name)) {
            values.put(signal, metrics.get(name));
          }
        });
    return new IterationSignals(
        iteration,
        values,
        evaluation.map(Watch::measures).orElse(Map.of()),
        evaluation.map(Evaluation::drawing).orElseGet(TreeMap::new),
        leftOut(counts));
  }

  /** Share of judged rollouts, by the judge that they are without. */
  private static SortedMap<String, Double> leftOut(SortedMap<String, Long> counts) {
    SortedMap<String, Double> shares = new TreeMap<>();
    counts.forEach(
        (name, count) -> {
          if (name.startsWith(CountNames.LEFT_OUT_JUDGE)) {
            String judge = name.substring(CountNames.LEFT_OUT_JUDGE.length());
            shares.put(judge, (double) count / counts.get(CountNames.JUDGED));
          }
        });
    return shares;
  }

  private static Map<Measure, MeanInterval> measures(Evaluation made) {
    Map<Measure, MeanInterval> measures = new EnumMap<>(Measure.class);
    made.goldGraded().ifPresent(gold -> measures.put(Measure.GOLD, gold));
    if (!made.pYes().isEmpty()) {
      measures.put(Measure.P_YES, together(made.pYes().values(), made.images()));
    }
    if (made.goldCorrelation().isPresent() && made.images() >= RankCorrelation.LEAST_PAIRS) {
      double correlation = made.goldCorrelation().getAsDouble();
      measures.put(Measure.GOLD_CORRELATION, RankCorrelation.interval(correlation, made.images()));
    }
    return measures;
  }

  /** Judges look at the same images, so their mean is taken to be no surer than each of them. */
  private static MeanInterval together(Collection<MeanInterval> judges, int images) {
    double mean = judges.stream().mapToDouble(MeanInterval::mean).average().orElseThrow();
    double half =
        judges.stream().mapToDouble(j -> (j.high() - j.low()) / 2).average().orElseThrow();
    return new MeanInterval(mean, mean - half, mean + half, images);
  }
}
