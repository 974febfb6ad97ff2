package io.rewarddance.rollout.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A file on its way to the disk, while its writer has something else to do. */
final class Flush {
  private final FutureTask<Void> task;

  private Flush(FutureTask<Void> task) {
    this.task = task;
  }

  /** Begins to force all that was written so far. */
  static Flush start(FileChannel channel) {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              channel.force(true);
              return null;
            });
    Thread thread = new Thread(task, "rollout-flush");
    thread.setDaemon(true);
    thread.start();
    return new Flush(task);
  }

  /** Waits until the disk has it. */
  void await() throws IOException {
    try {
      task.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while flushing").initCause(e);
    }
  }
}
