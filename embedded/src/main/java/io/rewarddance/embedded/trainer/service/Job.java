package io.rewarddance.embedded.trainer.service;

import io.rewarddance.embedded.trainer.update.Progress;
import io.rewarddance.proto.training.UpdateProgress;
import io.rewarddance.proto.training.UpdateResult;
import java.util.concurrent.CompletableFuture;

/** An accepted update, running or failed; a finished one is part of the state's history. */
public final class Job implements Progress {
  private final Submission submission;
  private final CompletableFuture<UpdateResult> outcome = new CompletableFuture<>();
  private volatile double share;
  private volatile boolean started;
  private volatile boolean cancelled;

  Job(Submission submission) {
    this.submission = submission;
  }

  Submission submission() {
    return submission;
  }

  /** Ends with the result, or with a {@link FaultException}. */
  public CompletableFuture<UpdateResult> outcome() {
    return outcome;
  }

  /** How far it is. */
  public UpdateProgress progress() {
    return new UpdateProgress(
        submission.run(),
        submission.iteration(),
        submission.digest(),
        started ? "running" : "queued",
        share);
  }

  void started() {
    started = true;
  }

  void cancel() {
    cancelled = true;
  }

  @Override
  public void done(double newShare) {
    share = newShare;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }
}
