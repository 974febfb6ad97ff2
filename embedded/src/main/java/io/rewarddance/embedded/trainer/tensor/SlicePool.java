package io.rewarddance.embedded.trainer.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Runs independent pieces of native work on a fixed number of threads. Results come back in the
 * order of the pieces, so whoever adds them up gets the same sum whatever the threads' timing and
 * number.
 */
public final class SlicePool implements AutoCloseable {
  private static final int CLOSE_SECONDS = 60;

  private final ExecutorService threads;

  public SlicePool(int threads) {
    NativeTorch.load();
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(() -> enterAndRun(work), "training-slice");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * The results of pieces 0 to {@code count - 1}. Native objects that a piece makes are freed when
   * it ends.
   */
  public <T> List<T> map(int count, IntFunction<T> piece) {
    List<Future<T>> running = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int index = i;
      running.add(threads.submit(() -> Scopes.scoped(() -> piece.apply(index))));
    }
    return await(running);
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void enterAndRun(Runnable work) {
    NativeTorch.enterThread();
    work.run();
  }

  /** Waits for all of them even when one fails, so that no piece outlives what it reads. */
  private static <T> List<T> await(List<Future<T>> running) {
    List<T> results = new ArrayList<>(running.size());
    RuntimeException failure = null;
    for (Future<T> piece : running) {
      try {
        results.add(uninterruptibly(piece));
      } catch (ExecutionException e) {
        failure = failure == null ? unchecked(e.getCause()) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }

  private static <T> T uninterruptibly(Future<T> piece) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return piece.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unchecked(Throwable cause) {
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }
}
