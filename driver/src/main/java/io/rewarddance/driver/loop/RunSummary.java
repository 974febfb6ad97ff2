package io.rewarddance.driver.loop;

import io.rewarddance.metrics.hacking.Finding;
import io.rewarddance.metrics.stat.MeanInterval;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A run in a few numbers: what {@code summary.json} and the console's last lines show.
 *
 * @param run name
 * @param directory where everything is
 * @param phase how it ended; {@link Phase#RUNNING} when it has not, or was killed
 * @param reason why it stopped or failed, may be empty
 * @param iterations iterations done
 * @param planned iterations asked for
 * @param policyVersion last policy; 0 when the run never came to one
 * @param policyDigest its digest
 * @param before first evaluation
 * @param after last evaluation
 * @param rewardSigmaLate reward sigma over the last window of iterations
 * @param firstRatioDeviation largest |ratio - 1| of the first update before any weight changed
 * @param seconds wall seconds by stage
 * @param counts counts over all iterations
 * @param findings what the monitor saw, in order
 */
public record RunSummary(
    String run,
    Path directory,
    Phase phase,
    String reason,
    int iterations,
    int planned,
    long policyVersion,
    String policyDigest,
    Optional<Evaluation> before,
    Optional<Evaluation> after,
    OptionalDouble rewardSigmaLate,
    OptionalDouble firstRatioDeviation,
    SortedMap<String, Double> seconds,
    SortedMap<String, Long> counts,
    List<Finding> findings) {

  /** The summary of what a journal holds; the same for a live run and for one read back. */
  public static RunSummary of(RunHistory history) {
    RunPlan plan = history.plan();
    List<IterationRecord> done = history.iterations();
    Optional<IterationRecord> last =
        done.isEmpty() ? Optional.empty() : Optional.of(done.get(done.size() - 1));
    Optional<Evaluation> before = history.evaluation(Evaluation.When.BEFORE);
    return new RunSummary(
        plan.run(),
        plan.directory(),
        history.end().map(RunHistory.End::phase).orElse(Phase.RUNNING),
        history.end().map(RunHistory.End::reason).orElse(""),
        done.size(),
        plan.iterations(),
        last.map(IterationRecord::policyVersion)
            .or(() -> before.map(Evaluation::policyVersion))
            .orElse(1L),
        last.map(IterationRecord::policyDigest)
            .or(() -> before.map(Evaluation::policyDigest))
            .orElse(""),
        before,
        history.evaluation(Evaluation.When.AFTER),
        last.map(record -> metric(record, MetricNames.WINDOW_SIGMA)).orElse(OptionalDouble.empty()),
        firstRatioDeviation(done),
        seconds(history),
        counts(done),
        findings(history));
  }

  /** Of a run that ended before there was anything in its journal. */
  public static RunSummary notStarted(
      String run, Path directory, Phase phase, String reason, int planned) {
    return new RunSummary(
        run,
        directory,
        phase,
        reason,
        0,
        planned,
        0,
        "",
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        new TreeMap<>(),
        new TreeMap<>(),
        List.of());
  }

  /** Gold before, when an oracle measured it. */
  public Optional<MeanInterval> goldBefore() {
    return before.flatMap(Evaluation::goldStrict);
  }

  /** Gold after, when an oracle measured it. */
  public Optional<MeanInterval> goldAfter() {
    return after.flatMap(Evaluation::goldStrict);
  }

  /** The monitor's verdict: {@code clean}, or the worst severity in lower case. */
  public String hackingState() {
    return findings.stream()
        .map(Finding::severity)
        .max(Enum::compareTo)
        .map(severity -> severity.name().toLowerCase(Locale.ROOT))
        .orElse("clean");
  }

  private static OptionalDouble metric(IterationRecord record, String name) {
    Double value = record.metrics().get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static OptionalDouble firstRatioDeviation(List<IterationRecord> done) {
    return done.stream()
        .map(record -> metric(record, MetricNames.RATIO_DEVIATION))
        .filter(OptionalDouble::isPresent)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  private static SortedMap<String, Double> seconds(RunHistory history) {
    if (history.end().isPresent()) {
      return history.end().get().seconds();
    }
    SortedMap<String, Double> sum = new TreeMap<>();
    for (IterationRecord record : history.iterations()) {
      record.seconds().forEach((stage, seconds) -> sum.merge(stage, seconds, Double::sum));
    }
    for (Evaluation evaluation : history.evaluations()) {
      sum.merge(StageNames.EVALUATE, evaluation.seconds(), Double::sum);
      sum.merge(StageNames.TOTAL, evaluation.seconds(), Double::sum);
    }
    return sum;
  }

  private static List<Finding> findings(RunHistory history) {
    return Stream.concat(
            history.iterations().stream().flatMap(record -> record.findings().stream()),
            history.end().stream().flatMap(end -> end.findings().stream()))
        .toList();
  }

  private static SortedMap<String, Long> counts(List<IterationRecord> done) {
    SortedMap<String, Long> sum = new TreeMap<>();
    for (IterationRecord record : done) {
      record.counts().forEach((name, count) -> sum.merge(name, count, Long::sum));
    }
    return sum;
  }
}
