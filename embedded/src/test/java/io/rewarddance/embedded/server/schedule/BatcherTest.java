package io.rewarddance.embedded.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.server.RequestException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BatcherTest {
  /** Answers nothing in particular, once it may. */
  private static final class GatedModel implements ServedModel {
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private boolean closed;

    @Override
    public List<InferResult> infer(List<InferCall> batch) {
      started.countDown();
      try {
        mayEnd.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return batch.stream().map(any -> (InferResult) new InferResult.Success(Map.of())).toList();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final GatedModel model = new GatedModel();
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

  private Batcher batcher(String batching) {
    return new Batcher(
        Calls.config("max_batch_size: 1 dynamic_batching { " + batching + " }"),
        1,
        model,
        new VersionStatistics());
  }

  private PendingCall call() {
    InferCall call = new InferCall("", Map.of(), Set.of("Y"), () -> false);
    return new PendingCall(call, 1, "", 0, 0, System.nanoTime(), outcomes::add);
  }

  @Test
  void aFullQueueRefusesWithTritonsCodeAndText() throws Exception {
    Batcher batcher = batcher("default_queue_policy { max_queue_size: 1 }");
    batcher.submit(call(), "");
    model.started.await();
    batcher.submit(call(), "");
    assertThatThrownBy(() -> batcher.submit(call(), "[request id: 7] "))
        .isInstanceOf(RequestException.class)
        .hasMessage("[request id: 7] Exceeds maximum queue size");
    model.mayEnd.countDown();
    batcher.close();
    assertThat(outcomes).hasSize(2);
  }

  @Test
  void aCallThatWaitedTooLongIsRefused() throws Exception {
    Batcher batcher = batcher("default_queue_policy { default_timeout_microseconds: 500000 }");
    batcher.submit(call(), "");
    model.started.await();
    batcher.submit(call(), "");
    TimeUnit.MILLISECONDS.sleep(700);
    model.mayEnd.countDown();
    batcher.close();
    assertThat(outcomes)
        .extracting(Outcome::result)
        .contains(InferResult.failure(FailureCode.UNAVAILABLE, "Request timeout expired"));
  }

  @Test
  void closingAnswersWhatIsQueuedAndThenClosesTheModel() {
    Batcher batcher = batcher("");
    for (int i = 0; i < 5; i++) {
      batcher.submit(call(), "");
    }
    model.mayEnd.countDown();
    batcher.close();
    assertThat(outcomes).hasSize(5);
    assertThat(model.closed).isTrue();
  }
}
