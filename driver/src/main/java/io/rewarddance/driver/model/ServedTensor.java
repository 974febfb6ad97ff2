package io.rewarddance.driver.model;

import io.rewarddance.proto.tensor.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An input or output as a server describes it.
 *
 * @param name of the tensor
 * @param type of its elements; empty for one that isn't known here
 * @param dimensions without the batch where the model takes batches; -1 where it varies
 * @param optional whether an input may be left out; false for outputs
 */
public record ServedTensor(
    String name, Optional<DataType> type, List<Long> dimensions, boolean optional) {
  public ServedTensor {
    dimensions = List.copyOf(dimensions);
  }

  public static ServedTensor of(String name, DataType type, long... dimensions) {
    List<Long> list = Arrays.stream(dimensions).boxed().toList();
    return new ServedTensor(name, Optional.of(type), list, false);
  }

  public ServedTensor asOptional() {
    return new ServedTensor(name, type, dimensions, true);
  }

  /** Type and dimensions, as in {@code UINT8 [32,32,3]}. */
  public String described() {
    String sizes = dimensions.stream().map(String::valueOf).collect(Collectors.joining(","));
    return type.map(DataType::wireName).orElse("unknown type") + " [" + sizes + "]";
  }
}
