package io.rewarddance.embedded.server;

import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.util.List;
import java.util.Map;

/** A model with a bug for each number that it is sent, and one that it gets right. */
final class OddModel {
  private OddModel() {}

  static List<InferResult> infer(List<InferCall> batch) {
    return switch (batch.get(0).input("X").int32s()[0]) {
      case 0 -> throw new IllegalStateException("a bug");
      case 1 -> List.of();
      case 2 -> success(Tensors.ofInt32("Y", new long[] {2, 1}, 1, 2));
      case 3 -> success(Tensors.ofFp32("Y", new long[] {1, 1}, 1));
      default -> success(batch.get(0).input("X").renamed("Y"));
    };
  }

  private static List<InferResult> success(Tensor tensor) {
    return List.of(new InferResult.Success(Map.of("Y", tensor)));
  }
}
