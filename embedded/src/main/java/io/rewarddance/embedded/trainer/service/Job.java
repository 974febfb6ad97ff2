package io.rewarddance.embedded.trainer.service;

import io.rewarddance.proto.training.UpdateProgress;
import io.rewarddance.proto.training.UpdateResult;

/** An accepted update of the policy; a finished one is part of the state's history. */
public final class Job extends Ticket<UpdateResult> {
  private final Submission submission;

  Job(Submission submission) {
    this.submission = submission;
  }

  Submission submission() {
    return submission;
  }

  @Override
  public UpdateProgress progress() {
    return new UpdateProgress(
        submission.run(), submission.iteration(), submission.digest(), state(), share());
  }
}
