package io.rewarddance.embedded.model;

import io.rewarddance.proto.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One request as a model sees it.
 *
 * @param id the client's id, for messages; may be empty
 * @param inputs by name; with the batch dimension first where the model's max_batch_size is at
 *     least 1. Optional inputs may be absent
 * @param requestedOutputs names of the outputs that are wanted, never empty
 * @param cancelled true once nobody waits for the answer
 */
public record InferCall(
    String id,
    Map<String, Tensor> inputs,
    Set<String> requestedOutputs,
    BooleanSupplier cancelled) {
  public InferCall {
    Objects.requireNonNull(id, "id");
    inputs = Map.copyOf(inputs);
    requestedOutputs = Set.copyOf(requestedOutputs);
    Objects.requireNonNull(cancelled, "cancelled");
  }

  /** An input that is not optional. */
  public Tensor input(String name) {
    return Objects.requireNonNull(inputs.get(name), name);
  }

  public Optional<Tensor> optionalInput(String name) {
    return Optional.ofNullable(inputs.get(name));
  }

  public boolean wants(String output) {
    return requestedOutputs.contains(output);
  }
}
