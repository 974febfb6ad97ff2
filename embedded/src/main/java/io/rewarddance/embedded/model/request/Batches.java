package io.rewarddance.embedded.model.request;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.proto.tensor.TensorException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** The way of a batch through a model: read each call, compute, answer each call. */
public final class Batches {
  private Batches() {}

  /**
   * A call after its inputs were read.
   *
   * @param value what was read; null when the call was refused
   * @param refusal why, null when it was accepted
   */
  public record Read<T>(T value, InferResult refusal) {}

  /**
   * Reads every call; one that the reader refuses with an {@link IllegalArgumentException} or that
   * nobody waits for is kept from the rest.
   */
  public static <T> List<Read<T>> read(List<InferCall> batch, Function<InferCall, T> reader) {
    List<Read<T>> reads = new ArrayList<>(batch.size());
    for (InferCall call : batch) {
      reads.add(read(call, reader));
    }
    return reads;
  }

  private static <T> Read<T> read(InferCall call, Function<InferCall, T> reader) {
    if (call.cancelled().getAsBoolean()) {
      return new Read<>(null, InferResult.failure(FailureCode.CANCELLED, "request cancelled"));
    }
    try {
      return new Read<>(reader.apply(call), null);
    } catch (IllegalArgumentException | TensorException e) {
      return new Read<>(null, InferResult.failure(FailureCode.INVALID_ARGUMENT, e.getMessage()));
    }
  }

  /** What was read of the calls that were accepted. */
  public static <T> List<T> accepted(List<Read<T>> reads) {
    return reads.stream().filter(read -> read.refusal() == null).map(Read::value).toList();
  }

  /** One result a call, in order. */
  public static <T> List<InferResult> results(
      List<Read<T>> reads, Function<T, InferResult> answer) {
    return reads.stream()
        .map(read -> read.refusal() != null ? read.refusal() : answer.apply(read.value()))
        .toList();
  }

  /**
   * Reads every call and answers it once its own work has ended.
   *
   * @param start begins the work of the calls that were accepted: one future each, in order
   */
  public static <T> List<CompletableFuture<InferResult>> begin(
      List<InferCall> batch,
      Function<InferCall, T> reader,
      Function<List<T>, List<CompletableFuture<Void>>> start,
      Function<T, InferResult> answer) {
    List<Read<T>> reads = read(batch, reader);
    Iterator<CompletableFuture<Void>> ends = start.apply(accepted(reads)).iterator();
    List<CompletableFuture<InferResult>> results = new ArrayList<>(reads.size());
    for (Read<T> read : reads) {
      results.add(
          read.refusal() != null
              ? CompletableFuture.completedFuture(read.refusal())
              : ends.next().thenApply(end -> answer.apply(read.value())));
    }
    return results;
  }

  /** Waits for all results. Not on a worker of the pool that computes them. */
  public static List<InferResult> await(List<CompletableFuture<InferResult>> results) {
    return results.stream().map(CompletableFuture::join).toList();
  }

  /** Runs the work on every item, on the pool, and waits. */
  public static <T> void runAll(ExecutionPool pool, List<T> items, Consumer<T> work) {
    List<Callable<Void>> tasks = new ArrayList<>(items.size());
    for (T item : items) {
      tasks.add(
          () -> {
            work.accept(item);
            return null;
          });
    }
    try {
      pool.runAll(tasks);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while computing a batch", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("computing a batch: " + e.getMessage(), e);
    }
  }
}
