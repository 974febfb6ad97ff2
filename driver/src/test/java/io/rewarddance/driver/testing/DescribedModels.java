package io.rewarddance.driver.testing;

import io.rewarddance.driver.model.Contract;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.model.ServedTensor;
import io.rewarddance.driver.model.TensorRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a server says of a model that fits a contract, and of such a model with changes. */
public final class DescribedModels {
  private DescribedModels() {}

  /** A model with what the contract requires and nothing else; sizes vary where they may. */
  public static ServedModel of(Contract contract, String name, int maxBatch) {
    return new ServedModel(
        name, maxBatch, false, required(contract.inputs()), required(contract.outputs()));
  }

  private static List<ServedTensor> required(List<TensorRule> rules) {
    return rules.stream().filter(TensorRule::required).map(DescribedModels::tensor).toList();
  }

  /** A tensor of the rule's first type; of any size where the rule has a letter. */
  public static ServedTensor tensor(TensorRule rule) {
    String shape = rule.shape().text();
    long[] dimensions =
        Arrays.stream(shape.substring(1, shape.length() - 1).split(","))
            .mapToLong(d -> d.matches("\\d+") ? Long.parseLong(d) : -1)
            .toArray();
    return ServedTensor.of(rule.name(), rule.types().get(0), dimensions);
  }

  /** The model with an input more, or another of that name. */
  public static ServedModel withInput(ServedModel model, ServedTensor input) {
    return new ServedModel(
        model.name(),
        model.maxBatch(),
        model.decoupled(),
        with(model.inputs(), input),
        model.outputs());
  }

  /** The model with an output more, or another of that name. */
  public static ServedModel withOutput(ServedModel model, ServedTensor output) {
    return new ServedModel(
        model.name(),
        model.maxBatch(),
        model.decoupled(),
        model.inputs(),
        with(model.outputs(), output));
  }

  /** The model without a tensor, be it input or output. */
  public static ServedModel without(ServedModel model, String tensor) {
    return new ServedModel(
        model.name(),
        model.maxBatch(),
        model.decoupled(),
        without(model.inputs(), tensor).toList(),
        without(model.outputs(), tensor).toList());
  }

  private static List<ServedTensor> with(List<ServedTensor> tensors, ServedTensor tensor) {
    if (tensors.stream().noneMatch(t -> t.name().equals(tensor.name()))) {
      return Stream.concat(tensors.stream(), Stream.of(tensor)).toList();
    }
    List<ServedTensor> replaced = new ArrayList<>(tensors);
    replaced.replaceAll(t -> t.name().equals(tensor.name()) ? tensor : t);
    return replaced;
  }

  private static Stream<ServedTensor> without(List<ServedTensor> tensors, String name) {
    return tensors.stream().filter(tensor -> !tensor.name().equals(name));
  }
}
