package io.rewarddance.embedded.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The workers on which models compute, so that all models together use no more than {@code threads}
 * cores. Thread-safe.
 */
public final class ExecutionPool implements AutoCloseable {
  private static final ThreadLocal<Boolean> IS_WORKER = ThreadLocal.withInitial(() -> false);

  private final int threads;
  private final ExecutorService workers;

  /**
   * @param threads at least 1
   */
  public ExecutionPool(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads + " (expected: >= 1)");
    }
    this.threads = threads;
    AtomicInteger number = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            threads, task -> worker(task, "model-worker-" + number.getAndIncrement()));
  }

  private static Thread worker(Runnable task, String name) {
    Thread thread =
        new Thread(
            () -> {
              IS_WORKER.set(true);
              task.run();
            },
            name);
    thread.setDaemon(true);
    return thread;
  }

  public int threads() {
    return threads;
  }

  /**
   * Runs a task when a worker is free, after those that came before; does not wait.
   *
   * @throws RejectedExecutionException when the pool is closed
   */
  public void execute(Runnable task) {
    workers.execute(task);
  }

  /**
   * Runs the tasks in parallel, waits for all of them, and returns their results in order. A task
   * that itself calls this method runs its own tasks in place, so that workers never wait for
   * workers.
   *
   * @throws Exception the first failure in task order, after every task has ended
   */
  public <T> List<T> runAll(List<? extends Callable<T>> tasks) throws Exception {
    return IS_WORKER.get() ? runHere(tasks) : results(workers.invokeAll(tasks));
  }

  private static <T> List<T> runHere(List<? extends Callable<T>> tasks) throws Exception {
    List<T> results = new ArrayList<>(tasks.size());
    for (Callable<T> task : tasks) {
      results.add(task.call());
    }
    return results;
  }

  private static <T> List<T> results(List<Future<T>> futures) throws Exception {
    List<T> results = new ArrayList<>(futures.size());
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Exception cause) {
          throw cause;
        }
        throw e;
      }
    }
    return results;
  }

  /** Ends the workers; tasks in progress are interrupted. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
