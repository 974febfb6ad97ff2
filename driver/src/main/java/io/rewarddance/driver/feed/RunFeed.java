package io.rewarddance.driver.feed;

import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.Progress;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.RunPlan;
import io.rewarddance.driver.loop.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps the values of a run in order and wakes followers when there is more. A follower holds its
 * own place in the list and reads at its own pace, so a slow one costs nothing but itself.
 * Thread-safe.
 */
public final class RunFeed implements RunListener {
  private final List<IterationRecord> iterations = new ArrayList<>();
  private final List<Evaluation> evaluations = new ArrayList<>();
  private final List<Runnable> followers = new CopyOnWriteArrayList<>();
  private Optional<RunPlan> plan = Optional.empty();
  private Optional<Progress> progress = Optional.empty();
  private Optional<RunSummary> summary = Optional.empty();

  /**
   * @param earlier what the journal of a resumed run holds already; empty for a new run
   */
  public RunFeed(Optional<RunHistory> earlier) {
    earlier.ifPresent(
        history -> {
          iterations.addAll(history.iterations());
          evaluations.addAll(history.evaluations());
        });
  }

  /** The finished iteration at that place, when there is one yet. */
  public synchronized Optional<IterationRecord> iteration(int index) {
    return index < iterations.size() ? Optional.of(iterations.get(index)) : Optional.empty();
  }

  public synchronized int iterations() {
    return iterations.size();
  }

  public synchronized Optional<IterationRecord> last() {
    return iteration(iterations.size() - 1);
  }

  public synchronized List<Evaluation> evaluations() {
    return List.copyOf(evaluations);
  }

  public synchronized Optional<RunPlan> plan() {
    return plan;
  }

  public synchronized Optional<Progress> latestProgress() {
    return progress;
  }

  /** The summary, once the run has ended: nothing follows after that. */
  public synchronized Optional<RunSummary> summary() {
    return summary;
  }

  /**
   * Calls {@code wake} after each change from now on, on the thread that made it; it must be quick.
   *
   * @return ends the calls
   */
  public Runnable follow(Runnable wake) {
    followers.add(wake);
    return () -> followers.remove(wake);
  }

  @Override
  public void planned(RunPlan plan) {
    synchronized (this) {
      this.plan = Optional.of(plan);
    }
    wake();
  }

  @Override
  public synchronized void progress(Progress progress) {
    this.progress = Optional.of(progress);
  }

  @Override
  public void iterationFinished(IterationRecord record) {
    synchronized (this) {
      iterations.add(record);
    }
    wake();
  }

  @Override
  public void evaluated(Evaluation evaluation) {
    synchronized (this) {
      evaluations.add(evaluation);
    }
    wake();
  }

  @Override
  public void paused(String reason) {
    wake();
  }

  @Override
  public void resumed() {
    wake();
  }

  @Override
  public void ended(RunSummary summary) {
    synchronized (this) {
      this.summary = Optional.of(summary);
    }
    wake();
  }

  private void wake() {
    followers.forEach(Runnable::run);
  }
}
