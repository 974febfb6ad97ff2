package io.rewarddance.embedded.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.server.schedule.CallQueue.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallQueueTest {
  private static final long MICRO = 1000;

  private final Calls calls = new Calls();

  private static CallQueue queue(String batching) {
    return new CallQueue(
        BatchingRules.of(Calls.config("max_batch_size: 8 dynamic_batching { " + batching + " }")));
  }

  private PendingCall call(long enqueued, long priority, long timeoutMicros) {
    return calls.call(1, "", enqueued, priority, timeoutMicros * MICRO, () -> false);
  }

  @Test
  void lowerLevelsAreServedFirstAndUnknownOnesAtTheDefault() {
    CallQueue queue = queue("priority_levels: 3 default_priority_level: 2");
    PendingCall third = call(0, 3, 0);
    PendingCall unnamed = call(0, 0, 0);
    PendingCall tooHigh = call(0, 9, 0);
    PendingCall first = call(0, 1, 0);
    List.of(third, unnamed, tooHigh, first).forEach(queue::add);
    assertThat(queue.inOrder()).containsExactly(first, unnamed, tooHigh, third);
    queue.removeFirst(List.of(first, unnamed));
    assertThat(queue.inOrder()).containsExactly(tooHigh, third);
  }

  @Test
  void aFullLevelTakesNoMore() {
    CallQueue queue = queue("default_queue_policy { max_queue_size: 2 }");
    assertThat(queue.add(call(0, 0, 0))).isTrue();
    assertThat(queue.add(call(0, 0, 0))).isTrue();
    assertThat(queue.add(call(0, 0, 0))).isFalse();
  }

  @Test
  void rejectedCallsLeaveWithTritonsText() {
    CallQueue queue = queue("default_queue_policy { default_timeout_microseconds: 10 }");
    PendingCall old = call(0, 0, 0);
    PendingCall young = call(5 * MICRO, 0, 0);
    queue.add(old);
    queue.add(young);
    assertThat(queue.nextExpiryNanos(0)).isEqualTo(10 * MICRO);
    assertThat(queue.removeDead(11 * MICRO))
        .containsExactly(new Refused(old, FailureCode.UNAVAILABLE, "Request timeout expired"));
    assertThat(queue.inOrder()).containsExactly(young);
  }

  @Test
  void delayedCallsAreServedAfterAllOthers() {
    CallQueue queue =
        queue("default_queue_policy { timeout_action: DELAY default_timeout_microseconds: 10 }");
    PendingCall old = call(0, 0, 0);
    PendingCall young = call(9 * MICRO, 0, 0);
    queue.add(old);
    queue.add(young);
    assertThat(queue.removeDead(11 * MICRO)).isEmpty();
    assertThat(queue.inOrder()).containsExactly(young, old);
    queue.removeFirst(List.of(young, old));
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aRequestsTimeoutCountsOnlyWhereAllowedAndShorter() {
    String policy = "default_queue_policy { default_timeout_microseconds: 100 %s }";
    CallQueue strict = queue(policy.formatted(""));
    CallQueue open = queue(policy.formatted("allow_timeout_override: true"));
    for (CallQueue queue : List.of(strict, open)) {
      queue.add(call(0, 0, 10));
      queue.add(call(0, 0, 1000));
    }
    assertThat(strict.removeDead(50 * MICRO)).isEmpty();
    assertThat(open.removeDead(50 * MICRO)).hasSize(1);
    assertThat(open.removeDead(101 * MICRO)).hasSize(1);
  }

  @Test
  void cancelledCallsLeave() {
    CallQueue queue = queue("");
    queue.add(calls.call(1, "", 0, 0, 0, () -> true));
    assertThat(queue.removeDead(1))
        .extracting(Refused::code)
        .containsExactly(FailureCode.CANCELLED);
    assertThat(queue.isEmpty()).isTrue();
  }
}
