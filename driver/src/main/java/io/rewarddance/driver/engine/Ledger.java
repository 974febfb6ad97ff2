package io.rewarddance.driver.engine;

import io.rewarddance.driver.journal.JournalLine;
import io.rewarddance.driver.journal.Kind;
import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.Evaluation.When;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.StageNames;
import io.rewarddance.driver.publish.Canary.Song;
import io.rewarddance.metrics.hacking.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What the journal says so far. Lines are applied in order, as they are read back or as they are
 * written; nothing else changes it.
 */
final class Ledger {
  static final String WHAT = "what";
  static final String REASON = "reason";
  static final String STOPPED = "stopped";
  static final String FAILED = "failed";
  static final String NOISE = "noise";
  static final String DEVIATION = "deviation";

  private final List<IterationRecord> records = new ArrayList<>();
  private final List<Evaluation> evaluations = new ArrayList<>();
  private final SortedMap<String, Double> seconds = new TreeMap<>();
  private final SortedMap<String, String> references = new TreeMap<>();
  private JournalLine start;
  private Song song;
  private StoredIteration stored;
  private SortedMap<String, Double> storedSeconds = new TreeMap<>();
  private RunHistory.End end;
  private String ends;
  private boolean prepared;
  private OptionalDouble noise = OptionalDouble.empty();

  static Ledger of(List<JournalLine> lines) {
    Ledger ledger = new Ledger();
    lines.forEach(ledger::apply);
    return ledger;
  }

  void apply(JournalLine line) {
    end = null;
    switch (line.kind()) {
      case START -> start(line);
      case PREPARED -> prepared(line);
      case EVALUATED -> evaluations.add(RecordJson.evaluation(line));
      case STORED -> stored(line);
      case ITERATION -> iteration(line);
      case END -> {
        List<Finding> last = RecordJson.findings(line);
        end = new RunHistory.End(Phase.FINISHED, text(line, REASON), seconds, last);
      }
      case NOTE -> note(line);
      case COLLECTED, UPDATED -> {
        // Of jobs that aren't runs.
      }
    }
    if (line.kind() != Kind.STORED) {
      RecordJson.seconds(line).forEach((stage, time) -> seconds.merge(stage, time, Double::sum));
    }
  }

  private void start(JournalLine line) {
    start = line;
    song = RecordJson.song(line.data().path(RecordJson.CANARY));
  }

  private void prepared(JournalLine line) {
    prepared = true;
    for (Map.Entry<String, JsonNode> entry : line.data().path("references").properties()) {
      references.put(entry.getKey(), entry.getValue().asString());
    }
    JsonNode measured = line.data().path(NOISE).path(DEVIATION);
    noise = measured.isNumber() ? OptionalDouble.of(measured.asDouble()) : OptionalDouble.empty();
  }

  private void stored(JournalLine line) {
    stored = RecordJson.stored(line);
    storedSeconds = RecordJson.seconds(line);
  }

  private void iteration(JournalLine line) {
    records.add(RecordJson.record(line));
    song = RecordJson.song(line.data().path(RecordJson.CANARY));
    ends = line.data().has(RecordJson.ENDS) ? text(line, RecordJson.ENDS) : null;
    stored = null;
    storedSeconds = new TreeMap<>();
  }

  /** A note that the run stopped or failed is its end, as long as nothing follows. */
  private void note(JournalLine line) {
    switch (text(line, WHAT)) {
      case STOPPED ->
          end = new RunHistory.End(Phase.STOPPED, text(line, REASON), seconds, List.of());
      case FAILED -> end = new RunHistory.End(Phase.FAILED, text(line, REASON), seconds, List.of());
      default -> {
        // Told for people only.
      }
    }
  }

  private static String text(JournalLine line, String field) {
    return line.data().path(field).asString("");
  }

  boolean isStarted() {
    return start != null;
  }

  boolean isPrepared() {
    return prepared;
  }

  boolean isFinished() {
    return end != null && end.phase() == Phase.FINISHED;
  }

  /** The start line; there is one as soon as {@link #isStarted()}. */
  JournalLine startLine() {
    return start;
  }

  /** The live policy's canary. */
  Song song() {
    return song;
  }

  List<IterationRecord> records() {
    return List.copyOf(records);
  }

  List<Evaluation> evaluations() {
    return List.copyOf(evaluations);
  }

  /** Rollouts that are on disk but not yet an iteration. */
  Optional<StoredIteration> stored() {
    return Optional.ofNullable(stored);
  }

  /** Seconds that the stored rollouts took, to be counted with their iteration. */
  SortedMap<String, Double> storedSeconds() {
    return storedSeconds;
  }

  /** Digests of the reference files by judge and set. */
  SortedMap<String, String> references() {
    return references;
  }

  /** The judges' noise as it was measured before the run; empty when it wasn't. */
  OptionalDouble noise() {
    return noise;
  }

  /** Why no further iteration follows, when it was decided before the planned number. */
  Optional<String> ends() {
    return Optional.ofNullable(ends);
  }

  /** Seconds of all sittings so far without those spent waiting for people. */
  double workSeconds() {
    return work(seconds);
  }

  static double work(SortedMap<String, Double> seconds) {
    return seconds.getOrDefault(StageNames.TOTAL, 0.0)
        - seconds.getOrDefault(StageNames.PAUSED, 0.0);
  }

  Optional<Evaluation> evaluation(When when, int iterations) {
    return evaluations.stream()
        .filter(made -> made.when() == when && made.iterations() == iterations)
        .findFirst();
  }

  /** Everything, for those who show it. */
  RunHistory history(Path directory) {
    return new RunHistory(
        RecordJson.plan(start, directory),
        records,
        evaluations,
        Optional.ofNullable(end)
            .map(
                e ->
                    new RunHistory.End(
                        e.phase(), e.reason(), new TreeMap<>(seconds), e.findings())));
  }
}
