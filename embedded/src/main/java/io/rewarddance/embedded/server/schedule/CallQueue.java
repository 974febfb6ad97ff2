package io.rewarddance.embedded.server.schedule;

import io.rewarddance.embedded.model.FailureCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * Waiting calls of one model version: by level, then by arrival; calls that outlived a DELAY policy
 * come last. Not thread-safe: {@link Batcher} guards it.
 */
final class CallQueue {
  /** A call that left the queue without an answer, and why. */
  record Refused(PendingCall call, FailureCode code, String text) {}

  private final BatchingRules rules;
  private final TreeMap<Long, Deque<PendingCall>> byLevel = new TreeMap<>();
  private final Deque<PendingCall> expired = new ArrayDeque<>();

  CallQueue(BatchingRules rules) {
    this.rules = rules;
  }

  /** False when the call's level is full. */
  boolean add(PendingCall call) {
    long level = rules.level(call.priority());
    Deque<PendingCall> calls = byLevel.computeIfAbsent(level, any -> new ArrayDeque<>());
    long maxSize = rules.policy(level).maxSize();
    if (maxSize > 0 && calls.size() >= maxSize) {
      return false;
    }
    calls.add(call);
    return true;
  }

  boolean isEmpty() {
    return expired.isEmpty() && byLevel.values().stream().allMatch(Deque::isEmpty);
  }

  /** Takes out what is cancelled or past its time. */
  List<Refused> removeDead(long nowNanos) {
    List<Refused> dead = new ArrayList<>();
    byLevel.forEach(
        (level, calls) -> {
          QueuePolicy policy = rules.policy(level);
          for (Iterator<PendingCall> all = calls.iterator(); all.hasNext(); ) {
            PendingCall call = all.next();
            if (call.call().cancelled().getAsBoolean()) {
              all.remove();
              dead.add(new Refused(call, FailureCode.CANCELLED, "request cancelled"));
            } else if (policy.isExpired(call, nowNanos)) {
              all.remove();
              if (policy.delaysExpired()) {
                expired.add(call);
              } else {
                dead.add(new Refused(call, FailureCode.UNAVAILABLE, "Request timeout expired"));
              }
            }
          }
        });
    return dead;
  }

  /** All calls, in the order in which they are to be served. */
  List<PendingCall> inOrder() {
    List<PendingCall> calls = new ArrayList<>();
    byLevel.values().forEach(calls::addAll);
    calls.addAll(expired);
    return calls;
  }

  /** Takes out calls that are the first of {@link #inOrder()}. */
  void removeFirst(List<PendingCall> taken) {
    for (PendingCall call : taken) {
      Deque<PendingCall> level = byLevel.get(rules.level(call.priority()));
      if (level == null || level.peekFirst() != call) {
        expired.removeFirst();
      } else {
        level.removeFirst();
      }
    }
  }

  /** When the next waiting call passes its time, {@link Long#MAX_VALUE} for never. */
  long nextExpiryNanos(long nowNanos) {
    long soonest = Long.MAX_VALUE;
    for (var level : byLevel.entrySet()) {
      for (PendingCall call : level.getValue()) {
        long timeout = rules.policy(level.getKey()).timeoutNanos(call);
        if (timeout > 0) {
          soonest = Math.min(soonest, call.enqueuedNanos() + timeout - nowNanos);
        }
      }
    }
    return soonest;
  }
}
