package io.rewarddance.embedded.server.schedule;

import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.server.schedule.Outcome.Timing;
import io.rewarddance.proto.triton.ModelConfig;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Takes batches through a model and answers their calls. Thread-safe. */
final class BatchRun {
  private final BatchingRules rules;
  private final ServedModel model;
  private final VersionStatistics counts;
  private final ResultCheck check;

  BatchRun(ModelConfig config, BatchingRules rules, ServedModel model, VersionStatistics counts) {
    this.rules = rules;
    this.model = model;
    this.counts = counts;
    this.check = new ResultCheck(config);
  }

  /**
   * Calls are answered as their results come, on the threads that made them.
   *
   * @param answered gets the rows of each call once it is answered
   */
  void begin(List<PendingCall> batch, IntConsumer answered) {
    long taken = System.nanoTime();
    List<InferCall> calls = batch.stream().map(PendingCall::call).toList();
    Execution execution = new Execution(batch, taken, System.nanoTime());
    List<CompletableFuture<InferResult>> results = begin(calls);
    if (rules.ordered()) {
      CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
          .exceptionally(e -> null)
          .join();
    }
    for (int i = 0; i < batch.size(); i++) {
      PendingCall call = batch.get(i);
      results
          .get(i)
          .whenComplete(
              (result, problem) -> {
                try {
                  execution.answer(call, check.checked(call, result, problem));
                } finally {
                  answered.accept(call.rows());
                }
              });
    }
  }

  private List<CompletableFuture<InferResult>> begin(List<InferCall> calls) {
    try {
      return check.sized(calls.size(), model.begin(calls));
    } catch (RuntimeException | Error e) {
      return check.thrown(calls.size(), e);
    }
  }

  /** One batch in the model. */
  private final class Execution {
    private final int rows;
    private final long taken;
    private final long start;
    private final AtomicInteger unanswered;

    Execution(List<PendingCall> batch, long taken, long start) {
      this.rows = Batcher.rows(batch);
      this.taken = taken;
      this.start = start;
      this.unanswered = new AtomicInteger(batch.size());
    }

    void answer(PendingCall call, InferResult result) {
      long end = System.nanoTime();
      Timing timing = new Timing(call.enqueuedNanos(), taken, start, end);
      try {
        call.completion().accept(new Outcome(result, Optional.of(timing)));
      } finally {
        if (unanswered.decrementAndGet() == 0) {
          counts.executed(rows, start - taken, end - start, System.nanoTime() - end);
        }
      }
    }
  }
}
