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
import java.util.function.Function;

/**
 * A measure as a served model; rows are measured one by one.
 *
 * @param <S> what a prompt asks for
 * @param <V> what is measured of a row
 */
final class MeasuringModel<S, V> implements ServedModel {
  /** Images measured by one worker at a time: enough to be worth handing over. */
  private static final int CHUNK_ROWS = 8;

  private final Function<String, S> grammar;
  private final Meter<S, V> meter;
  private final ExecutionPool pool;

  /**
   * @param grammar reads a prompt; throws IllegalArgumentException when it is no sentence
   */
  MeasuringModel(Function<String, S> grammar, Meter<S, V> meter, ExecutionPool pool) {
    this.grammar = grammar;
    this.meter = meter;
    this.pool = pool;
  }

  @Override
  public List<InferResult> infer(List<InferCall> batch) {
    List<Batches.Read<Measured<S, V>>> measured = Batches.read(batch, this::read);
    List<Row<S, V>> rows =
        Batches.accepted(measured).stream().flatMap(call -> call.rows().stream()).toList();
    Batches.runAll(pool, Chunks.of(rows, CHUNK_ROWS), chunk -> chunk.forEach(this::measure));
    return Batches.results(measured, this::result);
  }

  private Measured<S, V> read(InferCall call) {
    List<String> prompts = new RowInputs(call).texts("prompt");
    List<V> values = new ArrayList<>();
    List<Row<S, V>> rows = new ArrayList<>();
    for (int row = 0; row < prompts.size(); row++) {
      values.add(null);
      rows.add(new Row<>(new RowImages(call, row), grammar.apply(prompts.get(row)), values));
    }
    return new Measured<>(call, rows, values);
  }

  private void measure(Row<S, V> row) {
    if (!row.images().call().cancelled().getAsBoolean()) {
      row.values().set(row.images().row(), meter.measure(row.spec(), row.images()));
    }
  }

  private InferResult result(Measured<S, V> measured) {
    return measured.call().cancelled().getAsBoolean()
        ? InferResult.failure(FailureCode.CANCELLED, "request cancelled while it was judged")
        : new InferResult.Success(meter.outputs(measured.values()));
  }

  @Override
  public void close() {
    // holds nothing that needs freeing
  }

  /** One row of a call, and where its value goes. */
  private record Row<S, V>(RowImages images, S spec, List<V> values) {}

  /** A call in progress. */
  private record Measured<S, V>(InferCall call, List<Row<S, V>> rows, List<V> values) {}
}
