package io.rewarddance.embedded.model.generator;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.model.onnx.Network;
import io.rewarddance.embedded.model.request.Batches;
import io.rewarddance.embedded.model.request.Chunks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One version of a generator: draws every row of a batch, in chunks of the network's shape. */
final class FlowGenerator implements ServedModel {
  private final GeneratorSettings settings;
  private final RequestReader reader;
  private final Network velocity;
  private final Denoiser denoiser;
  private final String digest;
  private final ExecutionPool pool;

  FlowGenerator(
      GeneratorSettings settings,
      RequestReader reader,
      Network velocity,
      String digest,
      ExecutionPool pool) {
    this.settings = settings;
    this.reader = reader;
    this.velocity = velocity;
    this.denoiser = new Denoiser(velocity, settings.latentSize());
    this.digest = digest;
    this.pool = pool;
  }

  @Override
  public List<InferResult> infer(List<InferCall> batch) {
    List<Batches.Read<Drawing>> drawings = Batches.read(batch, this::begin);
    draw(Batches.accepted(drawings).stream().flatMap(d -> d.rows().stream()).toList());
    return Batches.results(drawings, drawing -> drawing.result(reader.version(), digest));
  }

  private Drawing begin(InferCall call) {
    GeneratorRequest request = reader.read(call);
    Answer answer = new Answer(call, request, settings);
    List<RowTrajectory> rows = new ArrayList<>();
    for (int row = 0; row < request.rows().size(); row++) {
      rows.add(new RowTrajectory(request, row, answer, call.cancelled()));
    }
    return new Drawing(call, answer, rows);
  }

  private void draw(List<RowTrajectory> rows) {
    Collection<List<RowTrajectory>> byLength =
        rows.stream()
            .collect(
                Collectors.groupingBy(RowTrajectory::length, TreeMap::new, Collectors.toList()))
            .values();
    List<List<RowTrajectory>> chunks =
        byLength.stream().flatMap(same -> Chunks.of(same, velocity.rows()).stream()).toList();
    Batches.runAll(pool, chunks, denoiser::run);
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
