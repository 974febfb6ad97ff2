package io.rewarddance.driver.engine;

import io.rewarddance.driver.clock.StageClock;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.evaluate.HeldOut;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.journal.JournalLine;
import io.rewarddance.driver.journal.Kind;
import io.rewarddance.driver.loop.CountNames;
import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.Evaluation.When;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.MetricNames;
import io.rewarddance.driver.loop.Progress;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.StageNames;
import io.rewarddance.driver.plan.GroupPlan;
import io.rewarddance.driver.plan.IterationPlan;
import io.rewarddance.driver.plan.Planner;
import io.rewarddance.driver.publish.Canary.Song;
import io.rewarddance.driver.reference.References;
import io.rewarddance.metrics.hacking.Finding;
import io.rewarddance.metrics.hacking.Severity;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.PolicyRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The iterations and evaluations of a run, from where its ledger ends to the end. Every method
 * reads where the run is from the ledger, does what comes next and appends a line; so it doesn't
 * matter which of them a killed process had done.
 */
final class Course {
  private final RunConfig config;
  private final Planner planner;
  private final Books books;
  private final Steps steps;
  private final StageClock clock;
  private final RunListener listener;
  private final Collector collector;
  private final Learner learner;
  private final ReferenceSets references;
  private final HeldOut heldOut;
  private final Watch watch;
  private final Control control;

  Course(
      RunConfig config,
      Planner planner,
      Books books,
      Steps steps,
      StageClock clock,
      RunListener listener,
      Collector collector,
      Learner learner,
      ReferenceSets references,
      HeldOut heldOut,
      Watch watch,
      Control control) {
    this.config = config;
    this.planner = planner;
    this.books = books;
    this.steps = steps;
    this.clock = clock;
    this.listener = listener;
    this.collector = collector;
    this.learner = learner;
    this.references = references;
    this.heldOut = heldOut;
    this.watch = watch;
    this.control = control;
  }

  /** Runs to the end. */
  void run() {
    Ledger ledger = books.ledger();
    watch.replay(ledger.records(), ledger.evaluations());
    evaluate(When.BEFORE, 0, config.evaluate().heldOutImages());
    while (!isDone()) {
      steps.gate();
      probe();
      iterate(ledger.records().size());
    }
    steps.gate();
    evaluate(When.AFTER, ledger.records().size(), config.evaluate().heldOutImages());
    end();
  }

  private void end() {
    Ledger ledger = books.ledger();
    List<Finding> findings =
        ledger
            .evaluation(When.AFTER, ledger.records().size())
            .map(watch::conclude)
            .orElse(List.of());
    ObjectNode data = RecordJson.object().put(Ledger.REASON, ledger.ends().orElse(""));
    data.set(RecordJson.FINDINGS, RecordJson.list(findings));
    books.append(Kind.END, data, RecordJson.object());
    findings.forEach(listener::finding);
  }

  private boolean isDone() {
    Ledger ledger = books.ledger();
    return ledger.ends().isPresent() || ledger.records().size() >= config.rollouts().iterations();
  }

  /** A small evaluation of the policy that draws the next rollouts. */
  private void probe() {
    int done = books.ledger().records().size();
    int every = config.evaluate().every();
    if (every > 0 && done > 0 && done % every == 0) {
      evaluate(When.PROBE, done, config.evaluate().probeImages());
    }
  }

  private void evaluate(When when, int iterations, int images) {
    Ledger ledger = books.ledger();
    if (images == 0 || ledger.evaluation(when, iterations).isPresent()) {
      return;
    }
    PolicyRef policy = ledger.song().policy();
    Evaluation made =
        clock.during(
            StageNames.EVALUATE,
            () ->
                steps.wholly(
                    "evaluation after " + iterations + " iterations",
                    () -> measure(when, iterations, policy, images)));
    JournalLine line =
        books.append(Kind.EVALUATED, RecordJson.evaluationData(made), RecordJson.object());
    listener.evaluated(RecordJson.evaluation(line));
  }

  private Evaluation measure(When when, int iterations, PolicyRef policy, int images) {
    return heldOut.measure(
        when,
        iterations,
        policy,
        images,
        done -> listener.progress(new Progress(Progress.Stage.EVALUATE, done, images)));
  }

  private void iterate(int iteration) {
    listener.iterationStarted(iteration);
    StoredIteration stored = stored(iteration);
    Song current = books.ledger().song();
    Learner.Learnt learnt = learner.learn(stored, current);
    IterationRecord record = record(stored, learnt);
    ObjectNode data = RecordJson.recordData(record);
    data.set(RecordJson.CANARY, RecordJson.song(learnt.song()));
    SortedMap<String, Double> seconds = total(books.ledger().storedSeconds(), clock.lap());
    limit(seconds).ifPresent(reason -> data.put(RecordJson.ENDS, reason));
    JournalLine line =
        books.append(Kind.ITERATION, data, RecordJson.recordMachine(record), seconds);
    IterationRecord finished = RecordJson.record(line);
    listener.iterationFinished(finished);
    finished.findings().forEach(listener::finding);
    react(finished.findings());
  }

  /** The iteration's rollouts: those on disk, when they are there and unharmed. */
  private StoredIteration stored(int iteration) {
    Optional<StoredIteration> before =
        books.ledger().stored().filter(stored -> stored.iteration() == iteration);
    if (before.isPresent() && collector.isSound(before.get())) {
      return before.get();
    }
    StoredIteration stored = collect(iteration);
    if (before.isPresent()) {
      checkSame(before.get(), stored);
    } else {
      books.append(Kind.STORED, RecordJson.storedData(stored), RecordJson.storedMachine(stored));
    }
    return stored;
  }

  /** The journal already says which rollouts this iteration trains on. */
  private static void checkSame(StoredIteration before, StoredIteration again) {
    if (!before.equals(again)) {
      throw StepFailedException.lasting(
          FailureKind.STORE_ERROR,
          before.file()
              + " is missing or damaged, and drawn again its rollouts aren't the same: sha-256: "
              + again.sha256()
              + " (expected: "
              + before.sha256()
              + ")",
          null);
    }
  }

  private StoredIteration collect(int iteration) {
    PolicyRef policy = books.ledger().song().policy();
    IterationPlan plan = planner.plan(iteration);
    Map<String, References> own =
        clock.during(
            StageNames.JUDGE,
            () ->
                references.training(
                    plan.groups().stream().map(GroupPlan::prompt).toList(), policy));
    return collector.collect(plan, policy, own);
  }

  private IterationRecord record(StoredIteration stored, Learner.Learnt learnt) {
    SortedMap<String, Double> metrics = new TreeMap<>(stored.metrics());
    metrics.putAll(learnt.metrics());
    SortedMap<String, Long> counts = new TreeMap<>(stored.counts());
    counts.put(CountNames.UPDATES, learnt.updated() ? 1L : 0L);
    watch
        .windowSigma(metrics, counts)
        .ifPresent(sigma -> metrics.put(MetricNames.WINDOW_SIGMA, sigma));
    List<Finding> findings =
        watch.observe(stored.iteration(), metrics, counts, books.ledger().evaluations());
    PolicyRef policy = learnt.song().policy();
    return new IterationRecord(
        stored.iteration(),
        policy.version(),
        policy.digest(),
        stored.file(),
        stored.sha256(),
        metrics,
        counts,
        new TreeMap<>(),
        findings,
        "");
  }

  private static SortedMap<String, Double> total(
      SortedMap<String, Double> stored, SortedMap<String, Double> since) {
    SortedMap<String, Double> total = new TreeMap<>(stored);
    since.forEach((stage, seconds) -> total.merge(stage, seconds, Double::sum));
    return total;
  }

  /** Why the run ends with this iteration, when its time is up. Waiting for people is free. */
  private Optional<String> limit(SortedMap<String, Double> seconds) {
    double spent = books.ledger().workSeconds() + Ledger.work(seconds);
    return config
        .timeLimit()
        .filter(limit -> spent >= limit.toMillis() / 1e3)
        .map(limit -> "time_limit of " + limit.toSeconds() + " s reached");
  }

  private void react(List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding.severity() == Severity.STOP) {
        String reason = finding.rule() + ": " + finding.message() + ". " + finding.advice();
        switch (config.monitor().onStopFinding()) {
          case PAUSE -> control.pause(reason);
          case STOP -> control.stop(reason);
          case GO_ON -> books.note("finding", reason);
        }
      }
    }
  }
}
