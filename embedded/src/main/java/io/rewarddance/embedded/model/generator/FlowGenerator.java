package io.rewarddance.embedded.model.generator;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.model.onnx.Network;
import io.rewarddance.embedded.model.request.Batches;
import io.rewarddance.embedded.model.request.RunQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One version of a generator: draws the rows of all calls, a network batch and a step at a time.
 */
final class FlowGenerator implements ServedModel {
  private final GeneratorSettings settings;
  private final RequestReader reader;
  private final Network velocity;
  private final RunQueue<RowTrajectory> rows;
  private final String digest;

  FlowGenerator(
      GeneratorSettings settings,
      RequestReader reader,
      Network velocity,
      String digest,
      ExecutionPool pool) {
    this.settings = settings;
    this.reader = reader;
    this.velocity = velocity;
    Denoiser denoiser = new Denoiser(velocity, settings.shape().elements());
    this.rows = new RunQueue<>(pool, velocity.rows(), denoiser::step);
    this.digest = digest;
  }

  @Override
  public List<InferResult> infer(List<InferCall> batch) {
    return Batches.await(begin(batch));
  }

  @Override
  public List<CompletableFuture<InferResult>> begin(List<InferCall> batch) {
    return Batches.begin(
        batch,
        this::read,
        drawings -> rows.add(drawings.stream().map(Drawing::rows).toList()),
        drawing -> drawing.result(reader.version(), digest));
  }

  @Override
  public int rowsAhead() {
    return rows.rowsAhead();
  }

  private Drawing read(InferCall call) {
    GeneratorRequest request = reader.read(call);
    Answer answer = new Answer(call, request, settings);
    List<RowTrajectory> rows = new ArrayList<>();
    for (int row = 0; row < request.rows().size(); row++) {
      rows.add(new RowTrajectory(request, row, answer, call.cancelled()));
    }
    return new Drawing(call, answer, rows);
  }

  @Override
  public void close() {
    velocity.close();
  }

  /** A call in progress. */
  private record Drawing(InferCall call, Answer answer, List<RowTrajectory> rows) {
    InferResult result(long version, String digest) {
      if (call.cancelled().getAsBoolean()) {
        return InferResult.failure(FailureCode.CANCELLED, "request cancelled while it was drawn");
      }
      return rows.stream()
          .flatMap(row -> row.failure().stream())
          .findFirst()
          .map(text -> InferResult.failure(FailureCode.INTERNAL, text))
          .orElseGet(() -> answer.result(version, digest));
    }
  }
}
