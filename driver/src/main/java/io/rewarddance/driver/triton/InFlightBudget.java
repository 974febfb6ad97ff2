package io.rewarddance.driver.triton;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
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
  private record Waiter(String lane, long bytes, CompletableFuture<Permit> future) {}

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
        requestsInFlight.merge(taken.lane(), -1, Integer::sum);
        bytesInFlight -= taken.bytes();
      }
      admit();
    }
  }

  private final int requestsPerLane;
  private final long bytes;
  private final List<Waiter> waiters = new LinkedList<>();
  private final Map<String, Integer> requestsInFlight = new HashMap<>();
  private final AtomicInteger admissions = new AtomicInteger();
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
      waiters.add(new Waiter(lane, size, future));
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
    Iterator<Waiter> queue = waiters.iterator();
    while (queue.hasNext()) {
      Waiter waiter = queue.next();
      if (waiter.future().isDone()) {
        queue.remove();
      } else if (requestsInFlight.getOrDefault(waiter.lane(), 0) < requestsPerLane) {
        if (bytesInFlight > 0 && bytesInFlight + waiter.bytes() > bytes) {
          break;
        }
        queue.remove();
        requestsInFlight.merge(waiter.lane(), 1, Integer::sum);
        bytesInFlight += waiter.bytes();
        admitted.add(waiter);
      }
    }
    return admitted;
  }
}
