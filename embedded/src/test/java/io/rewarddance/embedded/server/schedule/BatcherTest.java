package io.rewarddance.embedded.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.server.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
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

  /** Begins whatever comes; the test ends it. */
  private static final class OpenModel implements ServedModel {
    private final List<CompletableFuture<InferResult>> begun = new ArrayList<>();
    private final Semaphore batches = new Semaphore(0);
    private final int rowsAhead;
    private volatile boolean closed;

    OpenModel(int rowsAhead) {
      this.rowsAhead = rowsAhead;
    }

    @Override
    public synchronized List<CompletableFuture<InferResult>> begin(List<InferCall> batch) {
      List<CompletableFuture<InferResult>> results =
          batch.stream().map(any -> new CompletableFuture<InferResult>()).toList();
      begun.addAll(results);
      batches.release();
      return results;
    }

    synchronized CompletableFuture<InferResult> call(int index) {
      return begun.get(index);
    }

    boolean begins(int count) throws InterruptedException {
      return batches.tryAcquire(count, 5, TimeUnit.SECONDS);
    }

    @Override
    public List<InferResult> infer(List<InferCall> batch) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int rowsAhead() {
      return rowsAhead;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static final InferResult NOTHING = new InferResult.Success(Map.of());

  private final GatedModel model = new GatedModel();
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

  private Batcher batcher(String batching) {
    return batcher(batching, model);
  }

  private static Batcher batcher(String batching, ServedModel model) {
    return new Batcher(
        Calls.config("max_batch_size: 1 dynamic_batching { " + batching + " }"),
        1,
        model,
        new VersionStatistics());
  }

  private PendingCall call() {
    return callOf(System.nanoTime());
  }

  private PendingCall callOf(long enqueuedNanos) {
    InferCall call = new InferCall("", Map.of(), Set.of("Y"), () -> false);
    return new PendingCall(call, 1, "", 0, 0, enqueuedNanos, outcomes::add);
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
    Batcher batcher = batcher("default_queue_policy { default_timeout_microseconds: 60000000 }");
    batcher.submit(call(), "");
    model.started.await();
    batcher.submit(callOf(System.nanoTime() - TimeUnit.MINUTES.toNanos(2)), "");
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

  @Test
  void aModelThatLooksAheadGetsTheNextBatchWhileRowsAreUnderWay() throws Exception {
    OpenModel open = new OpenModel(1);
    Batcher batcher = batcher("", open);
    for (int i = 0; i < 3; i++) {
      batcher.submit(call(), "");
    }
    assertThat(open.begins(2)).isTrue();
    assertThat(open.batches.tryAcquire(50, TimeUnit.MILLISECONDS)).isFalse(); // two rows are enough
    open.call(1).complete(NOTHING);
    assertThat(outcomes.poll(5, TimeUnit.SECONDS)).isNotNull();
    assertThat(open.begins(1)).isTrue();
    open.call(0).complete(NOTHING);
    open.call(2).complete(NOTHING);
    batcher.close();
    assertThat(outcomes).hasSize(2);
  }

  @Test
  void closingWaitsForWhatIsUnderWay() throws Exception {
    OpenModel open = new OpenModel(4);
    Batcher batcher = batcher("", open);
    batcher.submit(call(), "");
    assertThat(open.begins(1)).isTrue();
    Thread closing = new Thread(batcher::close);
    closing.start();
    closing.join(50);
    assertThat(open.closed).isFalse();
    open.call(0).complete(NOTHING);
    closing.join(5000);
    assertThat(open.closed).isTrue();
    assertThat(outcomes).hasSize(1);
  }

  @Test
  void aResultThatFailsIsAnErrorOfItsCallAlone() throws Exception {
    OpenModel open = new OpenModel(4);
    Batcher batcher = batcher("", open);
    batcher.submit(call(), "");
    batcher.submit(call(), "");
    assertThat(open.begins(2)).isTrue();
    open.call(0).completeExceptionally(new IllegalStateException("a bug"));
    open.call(1).complete(NOTHING);
    batcher.close();
    assertThat(outcomes)
        .extracting(Outcome::result)
        .containsExactly(
            InferResult.failure(
                FailureCode.INTERNAL, "model 'm' failed: java.lang.IllegalStateException: a bug"),
            NOTHING);
  }

  @Test
  void orderedAnswersWaitForThoseBefore() throws Exception {
    OpenModel open = new OpenModel(4);
    Batcher batcher = batcher("preserve_ordering: true", open);
    batcher.submit(call(), "");
    batcher.submit(call(), "");
    assertThat(open.begins(1)).isTrue();
    assertThat(open.batches.tryAcquire(50, TimeUnit.MILLISECONDS)).isFalse();
    open.call(0).complete(NOTHING);
    assertThat(open.begins(1)).isTrue();
    open.call(1).complete(NOTHING);
    batcher.close();
    assertThat(outcomes).hasSize(2);
  }
}
