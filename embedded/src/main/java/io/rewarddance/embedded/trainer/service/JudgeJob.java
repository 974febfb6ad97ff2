package io.rewarddance.embedded.trainer.service;

import io.rewarddance.embedded.trainer.judge.JudgeProgress;
import io.rewarddance.proto.training.JudgeUpdateProgress;
import io.rewarddance.proto.training.JudgeUpdateResult;

/** An accepted update of a judge; a finished one is part of the judge's history. */
public final class JudgeJob extends Ticket<JudgeUpdateResult> implements JudgeProgress {
  private final JudgeSubmission submission;
  private volatile double loss;

  JudgeJob(JudgeSubmission submission) {
    this.submission = submission;
  }

  JudgeSubmission submission() {
    return submission;
  }

  @Override
  public void loss(double value) {
    loss = value;
  }

  @Override
  public JudgeUpdateProgress progress() {
    return new JudgeUpdateProgress(
        submission.judge(), submission.step(), submission.digest(), state(), share(), loss);
  }
}
