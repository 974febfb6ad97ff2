package io.rewarddance.embedded.model;

import io.rewarddance.proto.tensor.Tensor;
import java.util.Map;
import java.util.Objects;

/** A model's answer to one call. */
public sealed interface InferResult {
  /**
   * @param outputs by name, at least those that were requested; more are dropped. With the batch
   *     dimension first where the call's inputs have it
   */
  record Success(Map<String, Tensor> outputs) implements InferResult {
    public Success {
      outputs = Map.copyOf(outputs);
    }
  }

  /**
   * @param code what the client sees as status
   * @param text names the tensor or setting, its value and what was expected
   */
  record Failure(FailureCode code, String text) implements InferResult {
    public Failure {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(text, "text");
    }
  }

  static InferResult failure(FailureCode code, String text) {
    return new Failure(code, text);
  }
}
