package io.rewarddance.embedded.server.infer;

import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.proto.triton.ModelInferResponse;

/** What became of an inference request. */
public sealed interface InferAnswer {
  /** The model answered. */
  record Answered(ModelInferResponse response) implements InferAnswer {}

  /**
   * The model, or the way to it, failed after the request had been accepted.
   *
   * @param header model and id of the request; Triton leaves the version out here
   */
  record Failed(RequestException error, ModelInferResponse header) implements InferAnswer {}
}
