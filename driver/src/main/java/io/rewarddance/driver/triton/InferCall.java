package io.rewarddance.driver.triton;

import io.rewarddance.proto.tensor.Tensor;
import java.util.List;
import java.util.Objects;

/**
 * One inference.
 *
 * @param model model name
 * @param version version that must answer, or -1 for the server's newest
 * @param id echoed by the server; also the key in our log
 * @param inputs with the batch dimension
 * @param outputs wanted outputs; empty = all
 * @param answerBytes roughly how large the answer will be, for the bound on bytes in flight
 */
public record InferCall(
    String model,
    long version,
    String id,
    List<Tensor> inputs,
    List<String> outputs,
    long answerBytes) {
  /** Value of {@link #version} for whichever version the server has newest. */
  public static final long NEWEST = -1;

  public InferCall {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(id, "id");
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
