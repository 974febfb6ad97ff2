package io.rewarddance.embedded.model.oracle;

import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** Outputs of shape [rows,1]. */
final class Columns {
  private Columns() {}

  /** FP32, rounded once. */
  static <V> Tensor floats(String name, List<V> values, ToDoubleFunction<V> of) {
    float[] column = new float[values.size()];
    for (int row = 0; row < column.length; row++) {
      column[row] = (float) of.applyAsDouble(values.get(row));
    }
    return Tensors.ofFp32(name, new long[] {column.length, 1}, column);
  }

  /** INT32. */
  static <V> Tensor ints(String name, List<V> values, ToIntFunction<V> of) {
    int[] column = values.stream().mapToInt(of).toArray();
    return Tensors.ofInt32(name, new long[] {column.length, 1}, column);
  }
}
