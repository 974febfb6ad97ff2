package io.rewarddance.embedded.server.infer;

import io.rewarddance.proto.tensor.Shapes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The reshape property: one shape for clients, another for the model. */
final class Reshape {
  private Reshape() {}

  /**
   * @param from dimensions that {@code shape} follows, -1 for any size
   * @param to dimensions wanted; its variable sizes are those of {@code from}, in order
   * @param shape an actual shape, rows first when {@code batched}
   * @return the actual shape after {@code to}
   */
  static long[] apply(List<Long> from, List<Long> to, long[] shape, boolean batched) {
    int first = batched ? 1 : 0;
    Deque<Long> variable = new ArrayDeque<>();
    for (int i = 0; i < from.size(); i++) {
      if (from.get(i) == -1) {
        variable.add(shape[first + i]);
      }
    }
    long[] dims = to.stream().mapToLong(d -> d == -1 ? variable.removeFirst() : d).toArray();
    return batched ? Shapes.withRows(shape[0], dims) : dims;
  }
}
