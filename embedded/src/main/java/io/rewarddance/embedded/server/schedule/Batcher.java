package io.rewarddance.embedded.server.schedule;

import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.embedded.server.schedule.CallQueue.Refused;
import io.rewarddance.embedded.server.schedule.Outcome.Timing;
import io.rewarddance.proto.triton.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs one model version: calls wait in a queue, and one thread per instance forms batches of them
 * and calls the model. Thread-safe.
 */
public final class Batcher implements AutoCloseable {
  private final ServedModel model;
  private final BatchRun run;
  private final BatchFormer former;
  private final CallQueue queue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Thread> instances = new ArrayList<>();
  private boolean closed;

  public Batcher(ModelConfig config, long version, ServedModel model, VersionStatistics counts) {
    BatchingRules rules = BatchingRules.of(config);
    this.model = model;
    this.run = new BatchRun(config, model, counts);
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
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void serve() {
    try {
      for (Optional<List<PendingCall>> batch = next(); batch.isPresent(); batch = next()) {
        run.run(batch.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // only close() could mean us
    }
  }

  /** Waits for the next batch; empty once closed and drained. */
  private Optional<List<PendingCall>> next() throws InterruptedException {
    while (true) {
      List<Refused> dead;
      List<PendingCall> batch = List.of();
      lock.lock();
      try {
        long now = System.nanoTime();
        dead = queue.removeDead(now);
        if (dead.isEmpty() && queue.isEmpty()) {
          if (closed) {
            return Optional.empty();
          }
          changed.await();
        } else if (!queue.isEmpty()) {
          batch = takeOrWait(now, dead.isEmpty());
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
      changed.signal(); // another instance may take what is left
    }
    return batch;
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

  /** One batch through the model. */
  private static final class BatchRun {
    private final ModelConfig config;
    private final ServedModel model;
    private final VersionStatistics counts;
    private final ResultCheck check;

    BatchRun(ModelConfig config, ServedModel model, VersionStatistics counts) {
      this.config = config;
      this.model = model;
      this.counts = counts;
      this.check = new ResultCheck(config);
    }

    void run(List<PendingCall> batch) {
      long taken = System.nanoTime();
      List<InferCall> calls = batch.stream().map(PendingCall::call).toList();
      long start = System.nanoTime();
      List<InferResult> results = check.sized(calls.size(), infer(calls));
      long end = System.nanoTime();
      int rows = batch.stream().mapToInt(PendingCall::rows).sum();
      for (int i = 0; i < batch.size(); i++) {
        PendingCall call = batch.get(i);
        Timing timing = new Timing(call.enqueuedNanos(), taken, start, end);
        InferResult result = check.checked(call, results.get(i));
        call.completion().accept(new Outcome(result, Optional.of(timing)));
      }
      counts.executed(rows, start - taken, end - start, System.nanoTime() - end);
    }

    private List<InferResult> infer(List<InferCall> calls) {
      try {
        return model.infer(calls);
      } catch (RuntimeException | Error e) {
        return check.thrown(calls.size(), config.getName(), e);
      }
    }
  }
}
