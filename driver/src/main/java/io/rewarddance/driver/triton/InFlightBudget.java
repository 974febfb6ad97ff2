package io.rewarddance.driver.triton;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds what is under way: so many requests in each lane (a lane is a model, so that a queue of
 * drawing requests doesn't keep the first images from their judges), and so many bytes of requests
 * and expected answers over all lanes.
 *
 * <p>Waiters are served in the order in which they came. One whose lane is full is passed over; one
 * that waits for bytes holds up all behind it, so that a large request is never starved by small
 * ones. A request larger than the whole budget goes alone.
 */
final class InFlightBudget {
  private record Waiter(Lane lane, long place, long bytes, CompletableFuture<Permit> future) {}

  /** Of one model: who waits, in the order in which they came, and how many are under way. */
  private static final class Lane {
    private final Queue<Waiter> waiters = new ArrayDeque<>();
    private int requestsInFlight;
  }

  /** What was taken; must be released exactly once. */
  final class Permit {
    private final Waiter taken;
    private boolean released;

    private Permit(Waiter taken) {
      this.taken = taken;
    }

    void release() {
      synchronized (InFlightBudget.this) {
        if (released) {
          throw new IllegalStateException("permit released twice");
        }
        released = true;
        taken.lane().requestsInFlight--;
        bytesInFlight -= taken.bytes();
      }
      admit();
    }
  }

  private final int requestsPerLane;
  private final long bytes;
  private final Map<String, Lane> lanes = new HashMap<>();
  private final AtomicInteger admissions = new AtomicInteger();
  private long comers;
  private long bytesInFlight;

  InFlightBudget(int requestsPerLane, long bytes) {
    if (requestsPerLane < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "requestsPerLane, bytes: " + requestsPerLane + ", " + bytes + " (expected: >= 1 each)");
    }
    this.requestsPerLane = requestsPerLane;
    this.bytes = bytes;
  }

  /** Completes when there is room. Cancelling the future gives the place in the queue up. */
  CompletableFuture<Permit> acquire(String lane, long size) {
    CompletableFuture<Permit> future = new CompletableFuture<>();
    synchronized (this) {
      Lane queue = lanes.computeIfAbsent(lane, name -> new Lane());
      queue.waiters.add(new Waiter(queue, comers++, size, future));
    }
    admit();
    return future;
  }

  synchronized long bytesInFlight() {
    return bytesInFlight;
  }

  /**
   * Completes futures outside the lock: what they trigger may come back here. It then only leaves
   * word for the loop that is running, or a thousand waiters that fail at once would be a thousand
   * calls deep.
   */
  private void admit() {
    if (admissions.getAndIncrement() > 0) {
      return;
    }
    do {
      completeAdmissible();
    } while (admissions.decrementAndGet() > 0);
  }

  private void completeAdmissible() {
    for (Waiter waiter : takeAdmissible()) {
      Permit permit = new Permit(waiter);
      if (!waiter.future().complete(permit)) {
        permit.release();
      }
    }
  }

  private synchronized List<Waiter> takeAdmissible() {
    List<Waiter> admitted = new ArrayList<>();
    for (Waiter next = next(); next != null && fits(next); next = next()) {
      next.lane().waiters.remove();
      next.lane().requestsInFlight++;
      bytesInFlight += next.bytes();
      admitted.add(next);
    }
    return admitted;
  }

  private boolean fits(Waiter waiter) {
    return bytesInFlight == 0 || bytesInFlight + waiter.bytes() <= bytes;
  }

  /** Who came first of those whose lane has room; null when there is nobody. */
  private Waiter next() {
    Waiter first = null;
    for (Lane lane : lanes.values()) {
      Waiter waiter = lane.requestsInFlight < requestsPerLane ? head(lane) : null;
      if (waiter != null && (first == null || waiter.place() < first.place())) {
        first = waiter;
      }
    }
    return first;
  }

  /** Who came first of those in the lane that still wait. */
  private static Waiter head(Lane lane) {
    while (!lane.waiters.isEmpty() && lane.waiters.element().future().isDone()) {
      lane.waiters.remove();
    }
    return lane.waiters.peek();
  }
}
