package io.rewarddance.embedded.model.oracle;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.model.request.Batches;
import io.rewarddance.embedded.model.request.Chunks;
import io.rewarddance.embedded.model.request.RowInputs;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The oracle as a served model; rows are measured one by one. */
final class ShapesOracle implements ServedModel {
  /** Images measured by one worker at a time: enough to be worth handing over. */
  private static final int CHUNK_ROWS = 8;

  private final Oracle oracle;
  private final ExecutionPool pool;

  ShapesOracle(Oracle oracle, ExecutionPool pool) {
    this.oracle = oracle;
    this.pool = pool;
  }

  @Override
  public List<InferResult> infer(List<InferCall> batch) {
    List<Batches.Read<Measured>> measured = Batches.read(batch, this::read);
    List<Row> rows =
        Batches.accepted(measured).stream().flatMap(call -> call.rows().stream()).toList();
    Batches.runAll(pool, Chunks.of(rows, CHUNK_ROWS), chunk -> chunk.forEach(this::measure));
    return Batches.results(measured, Measured::result);
  }

  private Measured read(InferCall call) {
    List<String> prompts = new RowInputs(call).texts("prompt");
    Verdict[] verdicts = new Verdict[prompts.size()];
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < verdicts.length; row++) {
      rows.add(new Row(call, row, oracle.parse(prompts.get(row)), verdicts));
    }
    return new Measured(call, rows, verdicts);
  }

  private void measure(Row row) {
    if (!row.call().cancelled().getAsBoolean()) {
      Tensor image = row.call().input("image").rows(row.index(), row.index() + 1);
      row.verdicts()[row.index()] = oracle.judge(image.data(), row.spec());
    }
  }

  @Override
  public void close() {
    // holds nothing that needs freeing
  }

  /** One image of a call, and where its verdict goes. */
  private record Row(InferCall call, int index, Spec spec, Verdict[] verdicts) {}

  /** A call in progress. */
  private record Measured(InferCall call, List<Row> rows, Verdict[] verdicts) {
    InferResult result() {
      if (call.cancelled().getAsBoolean()) {
        return InferResult.failure(FailureCode.CANCELLED, "request cancelled while it was judged");
      }
      int count = verdicts.length;
      float[] strict = new float[count];
      float[] graded = new float[count];
      float[] fit = new float[count];
      float[] grain = new float[count];
      int[] labels = new int[count];
      for (int row = 0; row < count; row++) {
        Verdict verdict = verdicts[row];
        strict[row] = verdict.score().strict() ? 1 : 0;
        graded[row] = (float) verdict.score().graded();
        fit[row] = (float) verdict.templateFit();
        grain[row] = (float) verdict.grain();
        labels[row] = verdict.diversityLabel();
      }
      long[] shape = {count, 1};
      return new InferResult.Success(
          Map.of(
              "strict", Tensors.ofFp32("strict", shape, strict),
              "graded", Tensors.ofFp32("graded", shape, graded),
              "template_fit", Tensors.ofFp32("template_fit", shape, fit),
              "grain", Tensors.ofFp32("grain", shape, grain),
              "diversity_label", Tensors.ofInt32("diversity_label", shape, labels)));
    }
  }
}
