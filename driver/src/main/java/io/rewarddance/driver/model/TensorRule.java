package io.rewarddance.driver.model;

import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Tensor;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What a contract says of one tensor.
 *
 * @param name of the tensor
 * @param types any of these, the usual one first
 * @param shape without the batch dimension
 * @param required whether the driver always sends this input, or always asks for this output
 */
public record TensorRule(String name, List<DataType> types, Dimensions shape, boolean required) {
  public TensorRule {
    types = List.copyOf(types);
  }

  static TensorRule required(String name, DataType type, String shape) {
    return new TensorRule(name, List.of(type), new Dimensions(shape), true);
  }

  static TensorRule optional(String name, DataType type, String shape) {
    return new TensorRule(name, List.of(type), new Dimensions(shape), false);
  }

  TensorRule asRequired() {
    return new TensorRule(name, types, shape, true);
  }

  TensorRule asOptional() {
    return new TensorRule(name, types, shape, false);
  }

  TensorRule of(Dimensions other) {
    return new TensorRule(name, types, other, required);
  }

  /** Whether a tensor of an answer is as the contract has it. */
  public boolean accepts(Tensor tensor, int rows) {
    return types.contains(tensor.type())
        && tensor.rank() >= 1
        && tensor.dimension(0) == rows
        && shape.accepts(LongStream.of(tensor.shape()).skip(1).boxed().toList());
  }

  /** As in {@code FP32 [1]}. */
  public String expected() {
    return typeNames() + " " + shape;
  }

  /** As in {@code FP32 [8,1]}. */
  public String expected(int rows) {
    return typeNames() + " " + shape.ofRows(rows);
  }

  /** As in {@code FP32 [8,5]}, where the settings decide the first dimension after the batch. */
  public String expected(int rows, long length) {
    return typeNames() + " " + shape.ofRows(rows, length);
  }

  private String typeNames() {
    return types.stream().map(DataType::wireName).collect(Collectors.joining(" or "));
  }
}
