package io.rewarddance.embedded.model;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One loaded version of a model.
 *
 * <p>The server has checked every call against the model's configuration: inputs are there, of the
 * right type and shape. Results must not depend on which other calls share the batch, nor on
 * threads: the same inputs give the same bytes.
 */
public interface ServedModel extends AutoCloseable {
  /**
   * Answers every call of a batch, in order. The calls' rows together are at most the model's
   * max_batch_size. Called from one thread per model instance; instances may call at the same time.
   *
   * @param batch at least one call
   * @return one result per call; a call that fails must not fail its neighbours. An exception
   *     thrown instead fails the whole batch as INTERNAL
   */
  List<InferResult> infer(List<InferCall> batch);

  /**
   * Like {@link #infer}, but each call's result may come later, before those of its neighbours, and
   * from another thread.
   *
   * @return one future per call, in order; one that fails stands for an exception of {@link #infer}
   *     for that call alone
   */
  default List<CompletableFuture<InferResult>> begin(List<InferCall> batch) {
    return infer(batch).stream().map(CompletableFuture::completedFuture).toList();
  }

  /**
   * How many rows may still be under way when the next batch is begun. 0, as here, has batches
   * follow one another.
   */
  default int rowsAhead() {
    return 0;
  }

  /** Frees what the model holds. Called once, after the last result. */
  @Override
  void close();
}
