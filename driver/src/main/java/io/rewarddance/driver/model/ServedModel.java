package io.rewarddance.driver.model;

import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.triton.ModelConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * A model as its server describes it.
 *
 * @param name model name
 * @param maxBatch largest batch of one request; 0 = takes no batches
 * @param decoupled whether a request may have any number of answers
 * @param inputs in the order of the configuration
 * @param outputs likewise
 */
public record ServedModel(
    String name,
    int maxBatch,
    boolean decoupled,
    List<ServedTensor> inputs,
    List<ServedTensor> outputs) {
  public ServedModel {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  public static ServedModel of(ModelConfig config) {
    return new ServedModel(
        config.getName(),
        config.getMaxBatchSize(),
        config.getModelTransactionPolicy().getDecoupled(),
        config.getInputList().stream()
            .map(t -> tensor(t.getName(), t.getDataType(), t.getDimsList(), t.getOptional()))
            .toList(),
        config.getOutputList().stream()
            .map(t -> tensor(t.getName(), t.getDataType(), t.getDimsList(), false))
            .toList());
  }

  private static ServedTensor tensor(
      String name,
      io.rewarddance.proto.triton.DataType type,
      List<Long> dimensions,
      boolean optional) {
    return new ServedTensor(name, DataType.ofConfig(type), dimensions, optional);
  }

  public Optional<ServedTensor> input(String tensor) {
    return find(inputs, tensor);
  }

  public Optional<ServedTensor> output(String tensor) {
    return find(outputs, tensor);
  }

  private static Optional<ServedTensor> find(List<ServedTensor> tensors, String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
  }

  /**
   * Bytes of one row of an answer; of strings, one byte each.
   *
   * @param varying what stands for a dimension of -1, by the output's name
   */
  public long rowBytes(Set<String> wanted, ToLongFunction<String> varying) {
    long bytes = 0;
    for (ServedTensor output : outputs) {
      if (wanted.contains(output.name())) {
        bytes += rowBytes(output, varying);
      }
    }
    return bytes;
  }

  private static long rowBytes(ServedTensor tensor, ToLongFunction<String> varying) {
    long elements = 1;
    for (long dimension : tensor.dimensions()) {
      elements *= dimension < 0 ? varying.applyAsLong(tensor.name()) : dimension;
    }
    return elements * Math.max(tensor.type().map(DataType::byteSize).orElse(1), 1);
  }
}
