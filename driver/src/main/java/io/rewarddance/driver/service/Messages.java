package io.rewarddance.driver.service;

import io.rewarddance.driver.feed.RunFeed;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.RunControl;
import io.rewarddance.metrics.hacking.Finding;
import io.rewarddance.proto.driver.IterationEvent;
import io.rewarddance.proto.driver.RunState;

/** The loop's values as messages. */
final class Messages {
  private Messages() {}

  static IterationEvent event(String run, IterationRecord record) {
    return IterationEvent.newBuilder()
        .setRun(run)
        .setIteration(record.iteration())
        .setPolicyVersion(record.policyVersion())
        .setPolicyDigest(record.policyDigest())
        .putAllMetrics(record.metrics())
        .putAllCounts(record.counts())
        .putAllSeconds(record.seconds())
        .addAllFindings(record.findings().stream().map(Messages::finding).toList())
        .setJournalLine(record.journalLine())
        .build();
  }

  static RunState state(RunFeed feed, RunControl control) {
    RunState.Builder state =
        RunState.newBuilder()
            .setPhase(phase(control.phase()))
            .setReason(control.reason())
            .setIteration(feed.iterations());
    feed.plan().ifPresent(plan -> state.setRun(plan.run()).setIterations(plan.iterations()));
    feed.last()
        .ifPresent(
            record ->
                state
                    .setPolicyVersion(record.policyVersion())
                    .setPolicyDigest(record.policyDigest()));
    return state.build();
  }

  private static io.rewarddance.proto.driver.Finding finding(Finding finding) {
    return io.rewarddance.proto.driver.Finding.newBuilder()
        .setRule(finding.rule())
        .setSeverity(finding.severity().name())
        .setMessage(finding.message())
        .setAdvice(finding.advice())
        .build();
  }

  private static RunState.Phase phase(Phase phase) {
    return switch (phase) {
      case STARTING -> RunState.Phase.STARTING;
      case RUNNING -> RunState.Phase.RUNNING;
      case PAUSED -> RunState.Phase.PAUSED;
      case STOPPING -> RunState.Phase.STOPPING;
      // Over, and well: the reason says that somebody ended it early.
      case FINISHED, STOPPED -> RunState.Phase.FINISHED;
      case FAILED -> RunState.Phase.FAILED;
    };
  }
}
