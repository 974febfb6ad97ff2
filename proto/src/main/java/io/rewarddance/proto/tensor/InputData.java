package io.rewarddance.proto.tensor;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An input as a request carries it, before anyone has checked it against a model.
 *
 * @param name input name
 * @param type element type, or empty for a type name that Triton does not know
 * @param shape shape as sent, of any values
 * @param data wire bytes, of any length; a view of the request where that is possible
 */
public record InputData(String name, Optional<DataType> type, long[] shape, ByteBuffer data) {
  /**
   * The tensor.
   *
   * @throws TensorException when type, shape and bytes contradict each other
   */
  public Tensor toTensor() {
    DataType known =
        type.orElseThrow(
            () -> new TensorException("tensor '" + name + "': its datatype is not known"));
    return Tensor.of(name, known, shape, data);
  }
}
