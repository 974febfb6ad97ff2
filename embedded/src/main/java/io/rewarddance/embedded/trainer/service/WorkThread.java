package io.rewarddance.embedded.trainer.service;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one piece of training at a time, whatever is trained; others wait for their turn. */
public final class WorkThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkThread.class);
  private static final int CLOSE_SECONDS = 60;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "trainer");
            made.setDaemon(true);
            return made;
          });

  void execute(Runnable work) {
    thread.execute(work);
  }

  /**
   * Waits for what was accepted, which its owners have cancelled.
   *
   * @return whether it ended
   */
  public boolean finish() {
    thread.shutdown();
    try {
      if (thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        return true;
      }
      LOG.warn("an update doesn't end: its native memory is left as it is");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  @Override
  public void close() {
    finish();
  }
}
