package io.rewarddance.driver.loop;

import io.rewarddance.metrics.hacking.Finding;

/**
 * Watches a run. All calls come one after another, from the loop's own thread except {@link
 * #progress}, which may come from any thread; they must be quick and must not throw.
 */
public interface RunListener {
  /** Once, before anything is generated. A resumed run says so in its plan. */
  default void planned(RunPlan plan) {}

  /**
   * The judges' own noise is known; only where {@code advantage.noise_repeats} asks for it.
   *
   * @param deviation of the total reward of one image from answer to answer
   * @param floor what reward deviations count for at least, in this run
   */
  default void judgeNoise(double deviation, double floor) {}

  /** Work on an iteration begins. */
  default void iterationStarted(int iteration) {}

  /** A stage of the iteration, evaluation or preparation under way has come so far. */
  default void progress(Progress progress) {}

  /** The iteration is in the journal. */
  default void iterationFinished(IterationRecord record) {}

  /** An evaluation is in the journal. */
  default void evaluated(Evaluation evaluation) {}

  /** The monitor saw something; it is also in the iteration's record. */
  default void finding(Finding finding) {}

  /** The run waits before its next step. */
  default void paused(String reason) {}

  /** A paused run goes on. */
  default void resumed() {}

  /** The last call: the run has ended, well or not, and its files are closed. */
  default void ended(RunSummary summary) {}
}
