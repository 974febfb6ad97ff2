package io.rewarddance.driver.engine;

import com.google.protobuf.ByteString;
import io.rewarddance.driver.local.LocalLauncher;
import io.rewarddance.driver.local.Workspace;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.proto.local.LocalStackSettings;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The embedded server with a {@link FaultyTriton} before it, and runs against the two. */
final class FaultyServing implements AutoCloseable {
  private static final Set<String> MODELS =
      Set.of("shapes_generator", "shapes_judge", "shapes_oracle");

  private final Path output;
  private final Path repository;
  private LocalServices services;
  private FaultyTriton triton;

  /**
   * @param output directory of the runs and of the models that are served
   */
  FaultyServing(Path output) throws Exception {
    this.output = output;
    this.repository = output.resolve("served");
    serve();
  }

  private void serve() throws Exception {
    Workspace.copyModels(TinyRun.ROOT.resolve("triton-models/repository"), repository, MODELS);
    services =
        LocalLauncher.start(
            new LocalStackSettings(
                Optional.of(new LocalStackSettings.Inference(repository, 0)), Optional.empty(), 1));
    triton = new FaultyTriton(services.inferenceEndpoint().orElseThrow());
  }

  /** Serves the policy that a new run begins with, without faults. */
  void restartAtFirstPolicy() throws Exception {
    close();
    Trees.delete(repository);
    serve();
  }

  void inject(FaultyTriton.Fault fault) {
    triton.inject(fault);
  }

  String endpoint() {
    return triton.endpoint();
  }

  /** A run without evaluations. */
  TinyRun run(String name, String... sets) {
    return TinyRun.quickstart(
            output, name, "evaluate.every=0", "evaluate.held_out_images=0", "evaluate.grid=0")
        .with(
            "triton.endpoints=['" + triton.endpoint() + "']",
            "publish.directory='" + repository + "'",
            "triton.retries=1")
        .with(sets);
  }

  static boolean asksJudge(Object request) {
    return request instanceof ModelInferRequest infer
        && infer.getModelName().equals("shapes_judge");
  }

  /** Replaces the first row of an FP32 output. */
  static ModelInferResponse first(ModelInferResponse answer, String output, float value) {
    ModelInferResponse.Builder spoilt = answer.toBuilder();
    for (int i = 0; i < answer.getOutputsCount(); i++) {
      if (answer.getOutputs(i).getName().equals(output)) {
        byte[] bytes = answer.getRawOutputContents(i).toByteArray();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, value);
        spoilt.setRawOutputContents(i, ByteString.copyFrom(bytes));
      }
    }
    return spoilt.build();
  }

  @Override
  public void close() {
    triton.close();
    services.close();
  }
}
