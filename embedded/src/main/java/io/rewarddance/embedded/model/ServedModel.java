package io.rewarddance.embedded.model;

import java.util.List;

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

  /** Frees what the model holds. Called once, after the last {@link #infer} has returned. */
  @Override
  void close();
}
