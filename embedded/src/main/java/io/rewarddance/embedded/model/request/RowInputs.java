package io.rewarddance.embedded.model.request;

import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.proto.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * The inputs of a call with one value a row. Settings that shape the answer must be the same in
 * every row of a call, because one tensor holds the answers of all rows.
 */
public record RowInputs(InferCall call) {
  /** Rows of the call, by its tensor {@code name}. */
  public int rows(String name) {
    return (int) call.input(name).dimension(0);
  }

  public List<String> texts(String name) {
    return call.input(name).strings();
  }

  public long[] int64s(String name) {
    return call.input(name).int64s();
  }

  /** The INT32 that every row has. */
  public int sameInt32(String name) {
    return same(name, Arrays.stream(call.input(name).int32s()).boxed().toList());
  }

  /** The INT32 that every row has; empty when the call has no such input. */
  public OptionalInt sameOptionalInt32(String name) {
    return call.optionalInput(name).isPresent()
        ? OptionalInt.of(sameInt32(name))
        : OptionalInt.empty();
  }

  /** The FP32 that every row has; a NaN is returned as it is. */
  public float sameFp32(String name) {
    Tensor tensor = call.input(name);
    Float[] values = new Float[tensor.elementCount()];
    float[] floats = tensor.floats();
    Arrays.setAll(values, i -> floats[i]);
    return same(name, Arrays.asList(values));
  }

  /** The text that every row has. */
  public String sameText(String name) {
    return same(name, texts(name));
  }

  private static <T> T same(String name, List<T> values) {
    T first = values.get(0);
    for (int row = 1; row < values.size(); row++) {
      if (!values.get(row).equals(first)) {
        throw new IllegalArgumentException(
            "%s: %s in row %d (expected: %s as in row 0, one request has one setting)"
                .formatted(name, values.get(row), row, first));
      }
    }
    return first;
  }
}
