package io.rewarddance.embedded.model.judge;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.model.request.Batches;
import io.rewarddance.embedded.model.request.Chunks;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One version of a judge: answers every row of a batch, in chunks of the networks' shape. */
final class YesNoJudge implements ServedModel {
  private final QuestionReader reader;
  private final Answerer pointwise;
  private final Answerer pairwise;
  private final ExecutionPool pool;

  YesNoJudge(QuestionReader reader, Answerer pointwise, Answerer pairwise, ExecutionPool pool) {
    this.reader = reader;
    this.pointwise = pointwise;
    this.pairwise = pairwise;
    this.pool = pool;
  }

  @Override
  public List<InferResult> infer(List<InferCall> batch) {
    List<Batches.Read<Asked>> asked =
        Batches.read(batch, call -> new Asked(call, reader.read(call)));
    List<JudgeRow> rows =
        Batches.accepted(asked).stream().flatMap(call -> call.rows().stream()).toList();
    Batches.runAll(
        pool, Stream.concat(runs(rows, pointwise), runs(rows, pairwise)).toList(), Runnable::run);
    return Batches.results(asked, Asked::result);
  }

  private Stream<Runnable> runs(List<JudgeRow> rows, Answerer answerer) {
    List<JudgeRow> same =
        rows.stream().filter(row -> row.isComparison() == (answerer == pairwise)).toList();
    return Chunks.of(same, answerer.networks().rows()).stream()
        .map(chunk -> () -> answerer.run(chunk));
  }

  @Override
  public void close() {
    pointwise.networks().close();
    pairwise.networks().close();
  }

  /** A call in progress. */
  private record Asked(InferCall call, List<JudgeRow> rows) {
    InferResult result() {
      if (call.cancelled().getAsBoolean()) {
        return InferResult.failure(FailureCode.CANCELLED, "request cancelled while it was judged");
      }
      return rows.stream()
          .flatMap(row -> row.failure().stream())
          .findFirst()
          .map(text -> InferResult.failure(FailureCode.INTERNAL, text))
          .orElseGet(this::answers);
    }

    private InferResult answers() {
      float[] yes = new float[rows.size()];
      float[] no = new float[rows.size()];
      for (int row = 0; row < rows.size(); row++) {
        yes[row] = rows.get(row).yesLogProb();
        no[row] = rows.get(row).noLogProb();
      }
      long[] shape = {rows.size(), 1};
      Map<String, Tensor> outputs = new HashMap<>();
      outputs.put("yes_log_prob", Tensors.ofFp32("yes_log_prob", shape, yes));
      outputs.put("no_log_prob", Tensors.ofFp32("no_log_prob", shape, no));
      outputs.put("reason", Tensors.zeros("reason", DataType.BYTES, shape));
      if (call.wants(JudgeRow.IMAGE_GRADIENT)) {
        outputs.put(JudgeRow.IMAGE_GRADIENT, imageGradients());
      }
      return new InferResult.Success(outputs);
    }

    private Tensor imageGradients() {
      long[] shape = call.input("image").shape();
      int pixels = rows.get(0).imageGradient().length;
      float[] all = new float[rows.size() * pixels];
      for (int row = 0; row < rows.size(); row++) {
        System.arraycopy(rows.get(row).imageGradient(), 0, all, row * pixels, pixels);
      }
      return Tensors.ofFp32(JudgeRow.IMAGE_GRADIENT, shape, all);
    }
  }
}
