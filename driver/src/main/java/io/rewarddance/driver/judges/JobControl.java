package io.rewarddance.driver.judges;

/** Ends a job before its time, from any thread. */
public final class JobControl {
  private volatile boolean stopping;

  /** Asks for an end at the next place from which the job can go on later. */
  public void stop() {
    stopping = true;
  }

  public boolean stopping() {
    return stopping;
  }

  /**
   * To be called where the job can be left.
   *
   * @throws JobException when it shall be
   */
  public void check() throws JobException {
    if (stopping) {
      throw JobException.stop();
    }
  }
}
