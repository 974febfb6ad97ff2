package io.rewarddance.embedded.server.schedule;

import io.rewarddance.proto.triton.InferBatchStatistics;
import io.rewarddance.proto.triton.InferStatistics;
import io.rewarddance.proto.triton.ModelStatistics;
import io.rewarddance.proto.triton.StatisticDuration;
import java.util.Map;
import java.util.TreeMap;

/** Counters of one loaded model version, since it was loaded. Thread-safe. */
public final class VersionStatistics {
  /** Events and the nanoseconds that they took together. */
  private static final class Sum {
    private long count;
    private long nanos;

    void add(long nanosOfOne) {
      count++;
      nanos += Math.max(0, nanosOfOne);
    }

    StatisticDuration toProto() {
      return StatisticDuration.newBuilder().setCount(count).setNs(nanos).build();
    }
  }

  /** The three stages of an execution. */
  private static final class Stages {
    private final Sum input = new Sum();
    private final Sum infer = new Sum();
    private final Sum output = new Sum();

    void add(long inputNanos, long inferNanos, long outputNanos) {
      input.add(inputNanos);
      infer.add(inferNanos);
      output.add(outputNanos);
    }
  }

  private final Sum success = new Sum();
  private final Sum fail = new Sum();
  private final Sum queue = new Sum();
  private final Stages requests = new Stages();
  private final Map<Integer, Stages> batches = new TreeMap<>();
  private long lastInferenceMillis;
  private long rowCount;
  private long executionCount;

  /** The model has run a batch. Times are of the whole batch. */
  synchronized void executed(int rows, long inputNanos, long inferNanos, long outputNanos) {
    executionCount++;
    batches.computeIfAbsent(rows, any -> new Stages()).add(inputNanos, inferNanos, outputNanos);
  }

  /**
   * A request was answered.
   *
   * @param rows its batch size
   * @param endNanos {@link System#nanoTime()} when its answer was complete
   */
  public synchronized void succeeded(int rows, Outcome.Timing timing, long endNanos) {
    success.add(endNanos - timing.enqueued());
    queue.add(timing.taken() - timing.enqueued());
    requests.add(
        timing.inferStart() - timing.taken(),
        timing.inferEnd() - timing.inferStart(),
        endNanos - timing.inferEnd());
    rowCount += rows;
    lastInferenceMillis = System.currentTimeMillis();
  }

  /** A request that had been accepted failed. */
  public synchronized void failed(long enqueuedNanos, long endNanos) {
    fail.add(endNanos - enqueuedNanos);
  }

  public synchronized ModelStatistics toProto(String name, long version) {
    ModelStatistics.Builder statistics =
        ModelStatistics.newBuilder()
            .setName(name)
            .setVersion(Long.toString(version))
            .setLastInference(lastInferenceMillis)
            .setInferenceCount(rowCount)
            .setExecutionCount(executionCount)
            .setInferenceStats(inferenceStatistics());
    batches.forEach((rows, stages) -> statistics.addBatchStats(batchStatistics(rows, stages)));
    return statistics.build();
  }

  private InferStatistics inferenceStatistics() {
    return InferStatistics.newBuilder()
        .setSuccess(success.toProto())
        .setFail(fail.toProto())
        .setQueue(queue.toProto())
        .setComputeInput(requests.input.toProto())
        .setComputeInfer(requests.infer.toProto())
        .setComputeOutput(requests.output.toProto())
        .setCacheHit(StatisticDuration.getDefaultInstance())
        .setCacheMiss(StatisticDuration.getDefaultInstance())
        .build();
  }

  private static InferBatchStatistics batchStatistics(int rows, Stages stages) {
    return InferBatchStatistics.newBuilder()
        .setBatchSize(rows)
        .setComputeInput(stages.input.toProto())
        .setComputeInfer(stages.infer.toProto())
        .setComputeOutput(stages.output.toProto())
        .build();
  }
}
