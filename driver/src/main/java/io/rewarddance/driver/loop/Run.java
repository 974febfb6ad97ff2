package io.rewarddance.driver.loop;

/** A run that is ready to go; it is executed once. */
public interface Run {
  /** Steers this run, before and while it is executed. */
  RunControl control();

  /**
   * Runs to the end on the calling thread. Failures of models, backend, files and network do not
   * throw: they end the run and are in its summary.
   *
   * @param listener told of everything
   */
  RunSummary execute(RunListener listener);
}
