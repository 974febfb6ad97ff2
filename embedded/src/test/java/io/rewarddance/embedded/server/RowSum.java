package io.rewarddance.embedded.server;

import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Adds one to every number, on the joined batch as a real model would, and notes its size. */
final class RowSum implements ServedModel {
  private final AtomicInteger largestBatch;

  RowSum(AtomicInteger largestBatch) {
    this.largestBatch = largestBatch;
  }

  @Override
  public List<InferResult> infer(List<InferCall> batch) {
    Tensor joined = Tensors.concat(batch.stream().map(call -> call.input("X")).toList());
    largestBatch.accumulateAndGet((int) joined.dimension(0), Math::max);
    int[] numbers = joined.int32s();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i]++;
    }
    Tensor sums = Tensors.ofInt32("Y", joined.shape(), numbers);
    List<InferResult> results = new ArrayList<>();
    int row = 0;
    for (InferCall call : batch) {
      int rows = (int) call.input("X").dimension(0);
      results.add(new InferResult.Success(Map.of("Y", sums.rows(row, row + rows))));
      row += rows;
    }
    return results;
  }

  @Override
  public void close() {}
}
