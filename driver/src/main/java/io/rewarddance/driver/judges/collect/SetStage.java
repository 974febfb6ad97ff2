package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.judges.JobControl;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.JobListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Questions to models about many things, in slices, so that progress is seen and a stop heard. */
final class SetStage {
  private static final int SLICE = 512;

  /** One request for a slice. */
  @FunctionalInterface
  interface Request<I, O> {
    CompletableFuture<List<Outcome<O>>> send(String id, List<I> slice);
  }

  private final String set;
  private final JobListener listener;
  private final JobControl control;

  SetStage(String set, JobListener listener, JobControl control) {
    this.set = set;
    this.listener = listener;
    this.control = control;
  }

  void progress(String stage, long done, long total) {
    listener.progress(set + ": " + stage, done, total);
  }

  void check() throws JobException {
    control.check();
  }

  String set() {
    return set;
  }

  /**
   * All answers, in order.
   *
   * @throws JobException when one question has none
   */
  <I, O> List<O> ask(String stage, List<I> questions, Request<I, O> request) throws JobException {
    List<O> answers = new ArrayList<>(questions.size());
    progress(stage, 0, questions.size());
    for (int start = 0; start < questions.size(); start += SLICE) {
      check();
      List<I> slice = questions.subList(start, Math.min(start + SLICE, questions.size()));
      answers.addAll(all(request.send(set + "/" + stage + "=" + start, slice)));
      progress(stage, answers.size(), questions.size());
    }
    return answers;
  }

  static <O> List<O> all(CompletableFuture<List<Outcome<O>>> asked) throws JobException {
    try {
      return Outcome.all(asked.join());
    } catch (StepFailedException e) {
      throw JobException.failed(e);
    }
  }
}
