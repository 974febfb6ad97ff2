package io.rewarddance.embedded.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.rewarddance.embedded.server.InferenceServer;
import io.rewarddance.embedded.server.ServerSettings;
import io.rewarddance.proto.tensor.InferCodec;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The repository of this project behind a real server: answers must not depend on company. */
class ShippedRepositoryTest {
  private static final Path REPOSITORY =
      Path.of(System.getProperty("rewarddance.root"), "triton-models", "repository");

  private static InferenceServer server;
  private static ManagedChannel channel;

  @BeforeAll
  static void start() throws Exception {
    server =
        InferenceServer.start(ServerSettings.local(REPOSITORY, 0, 2), BuiltInModels.factories());
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .usePlaintext()
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void aRolloutIsTheSameAloneAndInAnyCompany() throws Exception {
    ModelInferResponse alone = send(generate(4, 11)).get(60, TimeUnit.SECONDS);
    List<ListenableFuture<ModelInferResponse>> company = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      company.add(send(generate(4, 100 + i, 200 + i)));
    }
    ListenableFuture<ModelInferResponse> together = send(generate(4, 11));
    ModelInferResponse asLastRow = send(generate(4, 5, 7, 11)).get(60, TimeUnit.SECONDS);
    for (ListenableFuture<ModelInferResponse> other : company) {
      assertThat(other.get(60, TimeUnit.SECONDS).getOutputsCount()).isEqualTo(6);
    }
    assertThat(together.get(60, TimeUnit.SECONDS)).isEqualTo(alone);
    InferCodec.outputs(alone)
        .forEach(
            (name, tensor) ->
                assertThat(InferCodec.outputs(asLastRow).get(name).rows(2, 3)).isEqualTo(tensor));
  }

  @Test
  void aJudgementIsTheSameAloneAndInAnyCompany() throws Exception {
    byte[] image = new byte[32 * 32 * 3];
    Arrays.fill(image, (byte) 200);
    ModelInferResponse alone = send(judge(1, image)).get(60, TimeUnit.SECONDS);
    List<ListenableFuture<ModelInferResponse>> together = new ArrayList<>();
    for (int rows = 1; rows <= 6; rows++) {
      together.add(send(judge(rows, image)));
    }
    Map<String, Tensor> expected = InferCodec.outputs(alone);
    for (ListenableFuture<ModelInferResponse> answer : together) {
      Map<String, Tensor> outputs = InferCodec.outputs(answer.get(60, TimeUnit.SECONDS));
      assertThat(outputs.get("yes_log_prob").rows(0, 1)).isEqualTo(expected.get("yes_log_prob"));
      assertThat(outputs.get("no_log_prob").rows(0, 1)).isEqualTo(expected.get("no_log_prob"));
    }
  }

  private static ListenableFuture<ModelInferResponse> send(ModelInferRequest request) {
    return GRPCInferenceServiceGrpc.newFutureStub(channel).modelInfer(request);
  }

  private static ModelInferRequest generate(int steps, long... seeds) {
    int rows = seeds.length;
    long[] shape = {rows, 1};
    return request(
        "shapes_generator",
        Tensors.ofStrings("prompt", shape, filled(rows, "a red circle")),
        Tensors.ofInt64("seed", shape, seeds),
        ints("steps", rows, steps),
        ints("sde_start", rows, 0),
        ints("sde_steps", rows, 2),
        floats("noise_level", rows, 0.7f),
        floats("guidance", rows, 1f),
        Tensors.ofStrings("sampler", shape, filled(rows, "flow-sde")),
        Tensors.ofInt64("policy_version", shape, minusOnes(rows)));
  }

  private static ModelInferRequest judge(int rows, byte[] image) {
    long[] shape = {rows, 1};
    byte[] images = new byte[rows * image.length];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(images, row * image.length, (row + 1) * image.length, (byte) (200 - row));
    }
    return request(
        "shapes_judge",
        Tensors.ofStrings("prompt", shape, filled(rows, "a red circle")),
        Tensors.ofStrings("instruction", shape, filled(rows, "")),
        Tensors.ofUint8("image", new long[] {rows, 32, 32, 3}, images),
        ints("max_reason_tokens", rows, 0));
  }

  private static ModelInferRequest request(String model, Tensor... inputs) {
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model);
    InferCodec.addInputs(request, List.of(inputs));
    return request.build();
  }

  private static String[] filled(int rows, String text) {
    String[] texts = new String[rows];
    Arrays.fill(texts, text);
    return texts;
  }

  private static long[] minusOnes(int rows) {
    long[] values = new long[rows];
    Arrays.fill(values, -1);
    return values;
  }

  private static Tensor ints(String name, int rows, int value) {
    int[] values = new int[rows];
    Arrays.fill(values, value);
    return Tensors.ofInt32(name, new long[] {rows, 1}, values);
  }

  private static Tensor floats(String name, int rows, float value) {
    float[] values = new float[rows];
    Arrays.fill(values, value);
    return Tensors.ofFp32(name, new long[] {rows, 1}, values);
  }
}
