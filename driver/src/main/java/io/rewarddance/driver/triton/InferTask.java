package io.rewarddance.driver.triton;

import io.rewarddance.driver.failure.Backoff;
import io.rewarddance.driver.triton.InFlightBudget.Permit;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One inference from its place in the queue to its answer: waits for room, sends, and after a
 * failure that is safe to repeat waits and sends again, elsewhere if it can. Room is held across
 * retries, so a struggling server sees less load and not more.
 *
 * <p>Cancelling {@link #answer} gives up whatever stage it is in: the queue, the wait or the call.
 */
final class InferTask {
  /** Sends one attempt to one endpoint. */
  interface Attempt {
    CompletableFuture<InferAnswer> send(Endpoint endpoint);
  }

  private final String model;
  private final EndpointPool pool;
  private final HealthProbe probe;
  private final Backoff backoff;
  private final int retries;
  private final ScheduledExecutorService timer;
  private final Attempt attempt;
  private final CompletableFuture<InferAnswer> answer = new CompletableFuture<>();
  private final Set<Endpoint> failed = new HashSet<>();
  private volatile CompletableFuture<?> underWay;
  private int attempts;

  InferTask(
      String model,
      EndpointPool pool,
      HealthProbe probe,
      Backoff backoff,
      int retries,
      ScheduledExecutorService timer,
      Attempt attempt) {
    this.model = model;
    this.pool = pool;
    this.probe = probe;
    this.backoff = backoff;
    this.retries = retries;
    this.timer = timer;
    this.attempt = attempt;
  }

  CompletableFuture<InferAnswer> start(InFlightBudget budget, long bytes) {
    answer.whenComplete((result, failure) -> cancelStage());
    CompletableFuture<Permit> room = budget.acquire(model, bytes);
    watch(room);
    room.thenAccept(
        permit -> {
          answer.whenComplete((result, failure) -> permit.release());
          send();
        });
    return answer;
  }

  private void send() {
    if (answer.isDone()) {
      return;
    }
    Endpoint endpoint = pool.choose(model, failed);
    endpoint.outstanding().incrementAndGet();
    long sent = System.nanoTime();
    CompletableFuture<InferAnswer> call = attempt.send(endpoint);
    watch(call);
    call.whenComplete(
        (result, failure) -> {
          endpoint.outstanding().decrementAndGet();
          if (failure == null) {
            endpoint.times().add(model, System.nanoTime() - sent);
            answer.complete(result);
          } else {
            failed(endpoint, failure, System.nanoTime() - sent);
          }
        });
  }

  private void failed(Endpoint endpoint, Throwable failure, long nanos) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    TritonException error = Futures.typed(cause, endpoint.name());
    if (error.kind() == ErrorKind.DEADLINE) {
      endpoint.times().add(model, nanos);
    }
    // A server that only has a slow model answers the probe at once and is back in.
    if (error.kind() == ErrorKind.UNREACHABLE || error.kind() == ErrorKind.DEADLINE) {
      probe.takeOut(endpoint);
    }
    if (!error.kind().isRetryable() || attempts >= retries) {
      answer.completeExceptionally(error);
      return;
    }
    failed.add(endpoint);
    long waitNanos = backoff.wait(attempts++).toNanos();
    CompletableFuture<?> wait = new CompletableFuture<>();
    watch(wait);
    wait.thenRun(this::send);
    try {
      timer.schedule(() -> wait.complete(null), waitNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      answer.completeExceptionally(error);
    }
  }

  /** Remembers the stage under way, so that a cancelled answer can cancel it. */
  private void watch(CompletableFuture<?> stage) {
    underWay = stage;
    cancelStage();
  }

  private void cancelStage() {
    CompletableFuture<?> stage = underWay;
    if (answer.isCancelled() && stage != null) {
      stage.cancel(true);
    }
  }
}
