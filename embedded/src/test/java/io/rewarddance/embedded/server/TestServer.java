package io.rewarddance.embedded.server;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.rewarddance.embedded.model.ModelFactories;
import io.rewarddance.proto.tensor.InferCodec;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.RepositoryIndexRequest;
import io.rewarddance.proto.triton.RepositoryIndexResponse.ModelIndex;
import io.rewarddance.proto.triton.RepositoryModelLoadRequest;
import io.rewarddance.proto.triton.RepositoryModelUnloadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real server on a loopback port, its repository, and a client of it. */
final class TestServer implements AutoCloseable {
  /** A model with one INT32 input and output of any length; batches up to 8. */
  static final String NUMBERS =
      """
      backend: "python" max_batch_size: 8
      input { name: "X" data_type: TYPE_INT32 dims: [ -1 ] }
      output { name: "Y" data_type: TYPE_INT32 dims: [ -1 ] }
      """;

  private final Path repository;
  private final InferenceServer server;
  private final ManagedChannel channel;

  private TestServer(Path repository, InferenceServer server) {
    this.repository = repository;
    this.server = server;
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .usePlaintext()
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .build();
  }

  /** Serves what lies in the repository. */
  static TestServer start(Path repository, ModelFactories factories) throws IOException {
    return new TestServer(
        repository, InferenceServer.start(ServerSettings.local(repository, 0, 2), factories));
  }

  /** Writes a model's configuration, and its first version. */
  static void addModel(Path repository, String name, String kind, String config)
      throws IOException {
    Path model = Files.createDirectories(repository.resolve(name));
    String parameter =
        "parameters { key: \"rewarddance_model\" value { string_value: \"%s\" } }".formatted(kind);
    Files.writeString(model.resolve("config.pbtxt"), config + "\n" + parameter);
    Files.createDirectories(model.resolve("1"));
  }

  /** Adds an empty version whose time is surely later than that of all that came before. */
  void addVersion(String name, long version) throws IOException {
    Path directory = repository.resolve(name).resolve(Long.toString(version));
    Files.createDirectories(directory);
    touch(directory, version);
    touch(repository.resolve(name), version);
  }

  static void touch(Path path, long secondsFromNow) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().plusSeconds(secondsFromNow)));
  }

  Path repository() {
    return repository;
  }

  ManagedChannel channel() {
    return channel;
  }

  GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub stub() {
    return GRPCInferenceServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  GRPCInferenceServiceGrpc.GRPCInferenceServiceFutureStub futures() {
    return GRPCInferenceServiceGrpc.newFutureStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  GRPCInferenceServiceGrpc.GRPCInferenceServiceStub async() {
    return GRPCInferenceServiceGrpc.newStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  void load(String name) {
    var answer =
        stub()
            .repositoryModelLoad(
                RepositoryModelLoadRequest.newBuilder().setModelName(name).build());
    if (answer.getSerializedSize() != 0) {
      throw new AssertionError("a load answers nothing");
    }
  }

  void unload(String name) {
    var request = RepositoryModelUnloadRequest.newBuilder().setModelName(name).build();
    if (stub().repositoryModelUnload(request).getSerializedSize() != 0) {
      throw new AssertionError("an unload answers nothing");
    }
  }

  /** Lines of the repository index as {@code name:version STATE reason}. */
  List<String> index() {
    return stub()
        .repositoryIndex(RepositoryIndexRequest.getDefaultInstance())
        .getModelsList()
        .stream()
        .map(TestServer::line)
        .toList();
  }

  private static String line(ModelIndex row) {
    return "%s:%s %s %s"
        .formatted(row.getName(), row.getVersion(), row.getState(), row.getReason())
        .strip();
  }

  static ModelInferRequest request(String model, Tensor... inputs) {
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model);
    InferCodec.addInputs(request, List.of(inputs));
    return request.build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
  }
}
