package io.rewarddance.driver.triton;

import io.rewarddance.proto.tensor.Tensor;
import java.util.Map;

/**
 * An answer to an {@link InferCall}. Tensors are views of the received message: no bytes were
 * copied, and the message lives as long as one of them does.
 *
 * @param endpoint who answered
 * @param version the model version that answered, as the server says
 * @param outputs by name
 */
public record InferAnswer(String endpoint, long version, Map<String, Tensor> outputs) {
  public InferAnswer {
    outputs = Map.copyOf(outputs);
  }

  /**
   * @throws TritonException of kind {@link ErrorKind#BAD_ANSWER} when there is no such output
   */
  public Tensor output(String name) {
    Tensor tensor = outputs.get(name);
    if (tensor == null) {
      throw new TritonException(
          ErrorKind.BAD_ANSWER,
          endpoint,
          "output '"
              + name
              + "' is missing (got: "
              + outputs.keySet().stream().sorted().toList()
              + ")");
    }
    return tensor;
  }
}
