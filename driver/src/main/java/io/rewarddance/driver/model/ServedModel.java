package io.rewarddance.driver.model;

import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelInput;
import io.rewarddance.proto.triton.ModelOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * A model as its server describes it.
 *
 * @param name model name
 * @param maxBatch largest batch of one request, at least 1
 * @param outputs each output's type and dimensions without the batch
 * @param inputs names of the inputs that must be given
 * @param optionalInputs names of those that may
 */
public record ServedModel(
    String name,
    int maxBatch,
    Map<String, Output> outputs,
    Set<String> inputs,
    Set<String> optionalInputs) {
  /**
   * @param dimensions -1 where it varies
   */
  public record Output(DataType type, List<Long> dimensions) {}

  public ServedModel {
    outputs = Map.copyOf(outputs);
    inputs = Set.copyOf(inputs);
    optionalInputs = Set.copyOf(optionalInputs);
  }

  /**
   * @throws ModelMismatchException when the model takes no batches or decoupled answers
   */
  public static ServedModel of(ModelConfig config) {
    if (config.getMaxBatchSize() < 1) {
      throw new ModelMismatchException(
          "model '%s': max_batch_size: %d (expected: >= 1)"
              .formatted(config.getName(), config.getMaxBatchSize()));
    }
    if (config.getModelTransactionPolicy().getDecoupled()) {
      throw new ModelMismatchException(
          "model '%s': decoupled: true (expected: one answer for each request)"
              .formatted(config.getName()));
    }
    Map<String, Output> outputs = new LinkedHashMap<>();
    for (ModelOutput output : config.getOutputList()) {
      DataType.ofConfig(output.getDataType())
          .ifPresent(type -> outputs.put(output.getName(), new Output(type, output.getDimsList())));
    }
    return new ServedModel(
        config.getName(),
        config.getMaxBatchSize(),
        outputs,
        names(config, false),
        names(config, true));
  }

  private static Set<String> names(ModelConfig config, boolean optional) {
    return config.getInputList().stream()
        .filter(input -> input.getOptional() == optional)
        .map(ModelInput::getName)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Checks that the model can be asked with these inputs for these outputs.
   *
   * @throws ModelMismatchException naming everything that doesn't fit
   */
  public void require(Set<String> given, Set<String> wanted) {
    List<String> problems = new ArrayList<>();
    given.stream()
        .filter(input -> !inputs.contains(input) && !optionalInputs.contains(input))
        .sorted()
        .forEach(input -> problems.add("has no input '" + input + "'"));
    inputs.stream()
        .filter(input -> !given.contains(input))
        .sorted()
        .forEach(input -> problems.add("needs an input '" + input + "' that isn't known here"));
    wanted.stream()
        .filter(output -> !outputs.containsKey(output))
        .sorted()
        .forEach(output -> problems.add("has no output '" + output + "'"));
    if (!problems.isEmpty()) {
      throw new ModelMismatchException(
          "model '" + name + "' " + String.join(", ", problems) + " (see docs/contracts.md)");
    }
  }

  /**
   * Bytes of one row of an answer.
   *
   * @param varying what stands for a dimension of -1, by the output's name
   */
  public long rowBytes(Set<String> wanted, ToLongFunction<String> varying) {
    long bytes = 0;
    for (String name : wanted) {
      Output output = outputs.get(name);
      long elements = 1;
      for (long dimension : output.dimensions()) {
        elements *= dimension < 0 ? varying.applyAsLong(name) : dimension;
      }
      bytes += elements * Math.max(output.type().byteSize(), 1);
    }
    return bytes;
  }
}
