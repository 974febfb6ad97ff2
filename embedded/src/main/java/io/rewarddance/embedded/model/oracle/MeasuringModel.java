package io.rewarddance.embedded.model.oracle;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.model.request.Batches;
import io.rewarddance.embedded.model.request.Chunks;
import io.rewarddance.embedded.model.request.RowInputs;
import java.util.ArrayList;
import java.util.List;

/**
 * A measure as a served model; rows are measured one by one.
 *
 * @param <V> what is measured of a row
 */
final class MeasuringModel<V> implements ServedModel {
  /** Images measured by one worker at a time: enough to be worth handing over. */
  private static final int CHUNK_ROWS = 8;

  private final Grammar grammar;
  private final Meter<V> meter;
  private final ExecutionPool pool;

  MeasuringModel(Grammar grammar, Meter<V> meter, ExecutionPool pool) {
    this.grammar = grammar;
    this.meter = meter;
    this.pool = pool;
  }

  @Override
  public List<InferResult> infer(List<InferCall> batch) {
    List<Batches.Read<Measured<V>>> measured = Batches.read(batch, this::read);
    List<Row<V>> rows =
        Batches.accepted(measured).stream().flatMap(call -> call.rows().stream()).toList();
    Batches.runAll(pool, Chunks.of(rows, CHUNK_ROWS), chunk -> chunk.forEach(this::measure));
    return Batches.results(measured, this::result);
  }

  private Measured<V> read(InferCall call) {
    List<String> prompts = new RowInputs(call).texts("prompt");
    List<V> values = new ArrayList<>();
    List<Row<V>> rows = new ArrayList<>();
    for (int row = 0; row < prompts.size(); row++) {
      values.add(null);
      rows.add(new Row<>(new RowImages(call, row), grammar.parse(prompts.get(row)), values));
    }
    return new Measured<>(call, rows, values);
  }

  private void measure(Row<V> row) {
    if (!row.images().call().cancelled().getAsBoolean()) {
      row.values().set(row.images().row(), meter.measure(row.spec(), row.images()));
    }
  }

  private InferResult result(Measured<V> measured) {
    return measured.call().cancelled().getAsBoolean()
        ? InferResult.failure(FailureCode.CANCELLED, "request cancelled while it was judged")
        : new InferResult.Success(meter.outputs(measured.values()));
  }

  @Override
  public void close() {
    // holds nothing that needs freeing
  }

  /** One row of a call, and where its value goes. */
  private record Row<V>(RowImages images, Spec spec, List<V> values) {}

  /** A call in progress. */
  private record Measured<V>(InferCall call, List<Row<V>> rows, List<V> values) {}
}
