package io.rewarddance.driver.model;

import io.rewarddance.proto.tensor.DataType;
import java.util.List;
import java.util.Set;

/**
 * Tensor bytes of the largest request to a model and of its answer, as far as they can be known:
 * strings count as nothing, sizes that vary as 1.
 *
 * @param request bytes of a full batch
 * @param answer bytes of the answer to it
 * @param varies whether a size of the answer or of the request varies
 */
public record MessageSize(long request, long answer, boolean varies) {
  private static final long LIMIT = Integer.MAX_VALUE;

  /** Of a model in the role that it fits. */
  public static MessageSize of(Fit fit) {
    ServedModel model = fit.model();
    List<ServedTensor> inputs = those(model.inputs(), fit.contract().sent());
    List<ServedTensor> outputs = those(model.outputs(), fit.contract().wanted());
    return new MessageSize(
        model.maxBatch() * bytes(inputs),
        model.maxBatch() * bytes(outputs),
        varies(inputs) || varies(outputs));
  }

  /** Whether a message is larger than gRPC and Triton take. */
  public boolean tooLarge() {
    return request > LIMIT || answer > LIMIT;
  }

  private static List<ServedTensor> those(List<ServedTensor> tensors, Set<String> names) {
    return tensors.stream().filter(tensor -> names.contains(tensor.name())).toList();
  }

  private static long bytes(List<ServedTensor> tensors) {
    long sum = 0;
    for (ServedTensor tensor : tensors) {
      long elements = tensor.dimensions().stream().reduce(1L, (a, b) -> a * Math.max(b, 1));
      sum += elements * tensor.type().map(DataType::byteSize).orElse(0);
    }
    return sum;
  }

  private static boolean varies(List<ServedTensor> tensors) {
    return tensors.stream().flatMap(tensor -> tensor.dimensions().stream()).anyMatch(d -> d < 0);
  }
}
