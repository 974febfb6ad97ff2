package io.rewarddance.driver.cli;

import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.Progress;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.RunPlan;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.metrics.hacking.Finding;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several listeners; one that throws is logged and does no harm to the run. */
final class Listeners implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<RunListener> listeners;

  Listeners(List<RunListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void planned(RunPlan plan) {
    each(listener -> listener.planned(plan));
  }

  @Override
  public void judgeNoise(double deviation, double floor) {
    each(listener -> listener.judgeNoise(deviation, floor));
  }

  @Override
  public void iterationStarted(int iteration) {
    each(listener -> listener.iterationStarted(iteration));
  }

  @Override
  public void progress(Progress progress) {
    each(listener -> listener.progress(progress));
  }

  @Override
  public void iterationFinished(IterationRecord record) {
    each(listener -> listener.iterationFinished(record));
  }

  @Override
  public void evaluated(Evaluation evaluation) {
    each(listener -> listener.evaluated(evaluation));
  }

  @Override
  public void finding(Finding finding) {
    each(listener -> listener.finding(finding));
  }

  @Override
  public void paused(String reason) {
    each(listener -> listener.paused(reason));
  }

  @Override
  public void resumed() {
    each(RunListener::resumed);
  }

  @Override
  public void ended(RunSummary summary) {
    each(listener -> listener.ended(summary));
  }

  private void each(Consumer<RunListener> call) {
    for (RunListener listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("{} failed", listener.getClass().getSimpleName(), e);
      }
    }
  }
}
