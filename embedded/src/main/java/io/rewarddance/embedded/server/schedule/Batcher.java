package io.rewarddance.embedded.server.schedule;

import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.embedded.server.schedule.CallQueue.Refused;
import io.rewarddance.proto.triton.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs one model version: calls wait in a queue, and one thread per instance forms batches of them
 * and has the model begin them. Thread-safe.
 */
public final class Batcher implements AutoCloseable {
  private final ServedModel model;
  private final BatchRun run;
  private final int rowsAhead;
  private final BatchFormer former;
  private final CallQueue queue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Thread> instances = new ArrayList<>();
  private boolean closed;

  public Batcher(ModelConfig config, long version, ServedModel model, VersionStatistics counts) {
    BatchingRules rules = BatchingRules.of(config);
    this.model = model;
    this.run = new BatchRun(config, rules, model, counts);
    this.rowsAhead = rules.ordered() ? 0 : model.rowsAhead();
    this.former = new BatchFormer(rules);
    this.queue = new CallQueue(rules);
    for (int i = 0; i < rules.instances(); i++) {
      Thread thread = new Thread(this::serve, config.getName() + "-" + version + "-" + i);
      thread.setDaemon(true);
      thread.start();
      instances.add(thread);
    }
  }

  /**
   * Queues a call; its completion is called from another thread.
   *
   * @throws RequestException UNAVAILABLE when the queue is full
   */
  public void submit(PendingCall call, String logPrefix) {
    lock.lock();
    try {
      if (!queue.add(call)) {
        throw RequestException.unavailable(logPrefix + "Exceeds maximum queue size");
      }
      changed.signalAll(); // an instance with rows enough would pass it on to nobody
    } finally {
      lock.unlock();
    }
  }

  private void serve() {
    Instance instance = new Instance();
    try {
      for (Optional<List<PendingCall>> batch = next(instance);
          batch.isPresent();
          batch = next(instance)) {
        run.begin(batch.get(), rows -> answered(instance, rows));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // only close() could mean us
    }
  }

  private void answered(Instance instance, int rows) {
    lock.lock();
    try {
      instance.rows -= rows;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next batch; empty once closed and drained. */
  private Optional<List<PendingCall>> next(Instance instance) throws InterruptedException {
    while (true) {
      List<Refused> dead;
      List<PendingCall> batch = List.of();
      lock.lock();
      try {
        long now = System.nanoTime();
        dead = queue.removeDead(now);
        boolean canTake = !queue.isEmpty() && instance.rows <= rowsAhead;
        if (canTake) {
          batch = takeOrWait(now, dead.isEmpty());
          instance.rows += rows(batch);
        } else if (dead.isEmpty()) {
          if (closed && queue.isEmpty() && instance.rows == 0) {
            return Optional.empty();
          }
          changed.await();
        }
      } finally {
        lock.unlock();
      }
      dead.forEach(refused -> refused.call().fail(refused.code(), refused.text()));
      if (!batch.isEmpty()) {
        return Optional.of(batch);
      }
    }
  }

  private List<PendingCall> takeOrWait(long now, boolean mayWait) throws InterruptedException {
    List<PendingCall> waiting = queue.inOrder();
    BatchFormer.Decision decision = former.decide(waiting, now);
    if (decision.take() == 0) {
      if (mayWait) {
        long wait = Math.min(decision.waitNanos(), queue.nextExpiryNanos(now));
        changed.await(Math.max(1, wait), TimeUnit.NANOSECONDS);
      }
      return List.of();
    }
    List<PendingCall> batch = List.copyOf(waiting.subList(0, decision.take()));
    queue.removeFirst(batch);
    if (!queue.isEmpty()) {
      changed.signalAll(); // another instance may take what is left
    }
    return batch;
  }

  static int rows(List<PendingCall> batch) {
    return batch.stream().mapToInt(PendingCall::rows).sum();
  }

  /** Answers what is queued, ends the threads and closes the model. Not from a completion. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (Thread instance : instances) {
      interrupted |= joinFully(instance);
    }
    model.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean joinFully(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  /** What one thread has begun: rows without a result. Guarded by the lock. */
  private static final class Instance {
    private int rows;
  }
}
