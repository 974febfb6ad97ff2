package io.rewarddance.embedded.server.infer;

import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Shapes;
import io.rewarddance.proto.tensor.TensorException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Whether an input's bytes are what its type and shape ask for. */
record DataCheck(String prefix, String input, String model) {
  void check(DataType type, long[] shape, ByteBuffer data) {
    long count;
    try {
      count = Shapes.elementCount(shape);
    } catch (TensorException e) {
      throw invalid("input '" + input + "' for model '" + model + "': " + e.getMessage());
    }
    if (type == DataType.BYTES) {
      checkElements(count, data.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    } else if (count > Integer.MAX_VALUE || count * type.byteSize() != data.remaining()) {
      throw invalid(
          "input byte size mismatch for input '%s' for model '%s'. Expected %d, got %d"
              .formatted(input, model, count * type.byteSize(), data.remaining()));
    }
  }

  /**
   * An element whose text is cut off counts; that it is cut off is said when the count is right.
   */
  private void checkElements(long expected, ByteBuffer rest) {
    String who = "for inference input '" + input + "' for model '" + model + "'";
    long count = 0;
    while (rest.hasRemaining()) {
      if (rest.remaining() < Integer.BYTES) {
        throw invalid(
            "incomplete string length indicator %s, expecting 4 bytes but only %d bytes available. Please make sure the string length indicator is in one buffer."
                .formatted(who, rest.remaining()));
      }
      long length = Integer.toUnsignedLong(rest.getInt());
      if (++count > expected) {
        throw invalid(
            "unexpected number of string elements %d %s, expecting %d"
                .formatted(count, who, expected));
      }
      if (length > rest.remaining() && count == expected) {
        // Without the request and the model: this is the only such text of Triton's.
        throw RequestException.invalid(
            "incomplete string data for inference input '%s', expecting string of length %d but only %d bytes available"
                .formatted(input, length, rest.remaining()));
      }
      rest.position(rest.position() + (int) Math.min(length, rest.remaining()));
    }
    if (count != expected) {
      throw invalid("expected %d string elements %s, got %d".formatted(expected, who, count));
    }
  }

  private RequestException invalid(String text) {
    return RequestException.invalid(prefix + text);
  }
}
