package io.rewarddance.driver.benchmark;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.rewarddance.proto.tensor.InferCodec;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc;
import io.rewarddance.proto.triton.ModelInferResponse;
import io.rewarddance.rollout.PolicyRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A server whose generator and judge answer at once, always the same. All its threads are named
 * {@link #THREADS}, so that their work isn't counted as the client's.
 */
final class NullModels implements AutoCloseable {
  static final String THREADS = "null-models";
  static final String GENERATOR = "null_generator";
  static final String JUDGE = "null_judge";
  static final PolicyRef POLICY = new PolicyRef(1, "ab".repeat(32));

  private static final int STEPS = Batch.SAMPLER.steps();

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory(THREADS, true), NioIoHandler.newFactory());
  private final ModelInferResponse drawn = answer(GENERATOR, drawings());
  private final ModelInferResponse judged = answer(JUDGE, judgements());
  private final Server server;

  NullModels() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .channelType(NioServerSocketChannel.class)
            .directExecutor()
            .flowControlWindow(Batch.FLOW_CONTROL_WINDOW)
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .addService(service(Question.METHOD, this::infer))
            .build()
            .start();
  }

  String endpoint() {
    return "127.0.0.1:" + server.getPort();
  }

  private static ServerServiceDefinition service(
      MethodDescriptor<Question, ModelInferResponse> method,
      ServerCalls.UnaryMethod<Question, ModelInferResponse> answer) {
    return ServerServiceDefinition.builder(GRPCInferenceServiceGrpc.SERVICE_NAME)
        .addMethod(method, ServerCalls.asyncUnaryCall(answer))
        .build();
  }

  private void infer(Question question, StreamObserver<ModelInferResponse> observer) {
    ModelInferResponse answer = question.model().equals(JUDGE) ? judged : drawn;
    observer.onNext(answer.toBuilder().setId(question.id()).build());
    observer.onCompleted();
  }

  private static ModelInferResponse answer(String model, List<Tensor> outputs) {
    ModelInferResponse.Builder response =
        ModelInferResponse.newBuilder().setModelName(model).setModelVersion("1");
    InferCodec.addOutputs(response, outputs);
    return response.build();
  }

  private static List<Tensor> drawings() {
    int rows = Batch.ROWS;
    byte[] pixels = new byte[rows * Batch.IMAGE_BYTES];
    new Random(7).nextBytes(pixels);
    float[] latents = new float[rows * Batch.LATENT_ELEMENTS];
    for (int i = 0; i < latents.length; i++) {
      latents[i] = (i % 1000) / 500f - 1;
    }
    float[] sigmas = new float[rows * (STEPS + 1)];
    for (int i = 0; i < sigmas.length; i++) {
      sigmas[i] = 1 - (float) (i % (STEPS + 1)) / STEPS;
    }
    long[] versions = new long[rows];
    Arrays.fill(versions, POLICY.version());
    String[] digests = Collections.nCopies(rows, POLICY.digest()).toArray(String[]::new);
    return List.of(
        Tensors.ofUint8("image", new long[] {rows, Batch.SIDE, Batch.SIDE, 3}, pixels),
        Tensors.ofFp32("latents", new long[] {rows, 1, 16, 64, 64}, latents),
        Tensors.ofFp32("log_probs", new long[] {rows, 0}),
        Tensors.ofFp32("sigmas", new long[] {rows, STEPS + 1}, sigmas),
        Tensors.ofInt64("policy_version", new long[] {rows, 1}, versions),
        Tensors.ofStrings("policy_digest", new long[] {rows, 1}, digests));
  }

  private static List<Tensor> judgements() {
    float[] half = new float[Batch.ROWS];
    Arrays.fill(half, (float) Math.log(0.5));
    long[] shape = {Batch.ROWS, 1};
    return List.of(
        Tensors.ofFp32("yes_log_prob", shape, half), Tensors.ofFp32("no_log_prob", shape, half));
  }

  @Override
  public void close() {
    server.shutdownNow();
    loops.shutdownGracefully();
  }
}
