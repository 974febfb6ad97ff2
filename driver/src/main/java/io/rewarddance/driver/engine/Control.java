package io.rewarddance.driver.engine;

import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.RunControl;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Where the loop and those who steer it meet. */
final class Control implements RunControl {
  private Phase phase = Phase.STARTING;
  private String reason = "";
  private String pause;
  private String stop;

  @Override
  public synchronized void pause(String why) {
    if (!isEnded() && pause == null && stop == null) {
      pause = why;
      notifyAll();
    }
  }

  @Override
  public synchronized void resume() {
    pause = null;
    notifyAll();
  }

  @Override
  public synchronized void stop(String why) {
    if (!isEnded() && stop == null) {
      stop = why;
      phase = Phase.STOPPING;
      reason = why;
      notifyAll();
    }
  }

  @Override
  public synchronized Phase phase() {
    return phase;
  }

  @Override
  public synchronized String reason() {
    return reason;
  }

  /** Told of by the loop while it waits. */
  interface Waiting {
    void paused(String reason);

    void resumed();

    /** Runs the wait itself. */
    void during(Runnable wait);
  }

  /**
   * Lets the loop through, after a pause if one is asked for.
   *
   * @throws RunStoppedException when the run is to stop
   */
  void gate(Waiting waiting) {
    String paused = askedToPause();
    if (paused != null) {
      waiting.paused(paused);
      waiting.during(this::awaitResume);
      waiting.resumed();
    }
    set(Phase.RUNNING, "");
  }

  private synchronized String askedToPause() {
    checkStop();
    if (pause != null) {
      phase = Phase.PAUSED;
      reason = pause;
    }
    return pause;
  }

  private synchronized void awaitResume() {
    while (pause != null && stop == null) {
      waitFor(0);
    }
    checkStop();
  }

  /** Waits, but not longer than until the run is to stop. */
  synchronized void sleep(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0 && stop == null; left = end - System.nanoTime()) {
      waitFor(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
    }
    checkStop();
  }

  private synchronized void checkStop() {
    if (stop != null) {
      throw new RunStoppedException(stop);
    }
  }

  private void waitFor(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunStoppedException("interrupted");
    }
  }

  synchronized void set(Phase next, String why) {
    phase = next;
    reason = why;
  }

  private boolean isEnded() {
    return phase == Phase.FINISHED || phase == Phase.STOPPED || phase == Phase.FAILED;
  }
}
