package io.rewarddance.embedded.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.embedded.server.repository.ConfigDefaults;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One row is one queue. {@code waiting} lists calls as rows and signature, oldest first; the oldest
 * has waited {@code age} microseconds.
 */
class BatchFormerTest {
  @ParameterizedTest
  @CsvSource({
    // configuration, waiting, age -> calls taken, microseconds to wait
    "'max_batch_size: 8', 1a 1a 1a, 0, 1, 0", // no dynamic batching: one at a time
    "'max_batch_size: 8 dynamic_batching {}', 1a 1a 1a, 0, 3, 0", // what is there goes
    "'max_batch_size: 4 dynamic_batching {}', 2a 1a 2a, 0, 2, 0", // the third does not fit
    "'max_batch_size: 4 dynamic_batching {}', 1a 1b 1a, 0, 1, 0", // another shape ends it
    "'max_batch_size: 8 dynamic_batching { max_queue_delay_microseconds: 100 }',"
        + " 1a 1a, 40, 0, 60",
    "'max_batch_size: 8 dynamic_batching { max_queue_delay_microseconds: 100 }',"
        + " 1a 1a, 100, 2, 0",
    "'max_batch_size: 2 dynamic_batching { max_queue_delay_microseconds: 100 }', 1a 1a, 0, 2, 0",
    "'max_batch_size: 8 dynamic_batching { max_queue_delay_microseconds: 100 }',"
        + " 1a 1b, 0, 1, 0", // it can't grow any more
    "'max_batch_size: 8 dynamic_batching { preferred_batch_size: [ 2, 4 ]"
        + " max_queue_delay_microseconds: 100 }', 1a 1a 1a, 0, 2, 0", // a preferred size goes now
    "'max_batch_size: 8 dynamic_batching { preferred_batch_size: [ 2, 4 ]"
        + " max_queue_delay_microseconds: 100 }', 1a 1a 1a, 100, 3, 0", // late: all of it
    "'max_batch_size: 8 dynamic_batching { preferred_batch_size: [ 4 ]"
        + " max_queue_delay_microseconds: 100 }', 1a 1a 1a, 30, 0, 70",
    "'max_batch_size: 8 dynamic_batching { preferred_batch_size: [ 4 ]"
        + " max_queue_delay_microseconds: 100 }', 6a 1a, 0, 1, 0" // above all preferred: alone
  })
  void takesWhatTritonWouldTake(
      String config, String waiting, long age, int taken, long waitMicros) {
    long now = 1_000_000_000L;
    Calls calls = new Calls();
    List<PendingCall> queue = new ArrayList<>();
    for (String call : waiting.split(" ")) {
      long arrival = queue.isEmpty() ? now - age * 1000 : now;
      queue.add(calls.call(call.charAt(0) - '0', call.substring(1), arrival));
    }
    BatchFormer former =
        new BatchFormer(BatchingRules.of(ConfigDefaults.fill(Calls.config(config))));
    assertThat(former.decide(queue, now))
        .isEqualTo(new BatchFormer.Decision(taken, waitMicros * 1000));
  }
}
