package io.rewarddance.driver.testing;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.model.ServedTensor;
import io.rewarddance.proto.triton.DataType;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelConfigRequest;
import io.rewarddance.proto.triton.ModelConfigResponse;
import io.rewarddance.proto.triton.ModelInput;
import io.rewarddance.proto.triton.ModelOutput;
import io.rewarddance.proto.triton.ModelTransactionPolicy;
import io.rewarddance.proto.triton.RepositoryIndexRequest;
import io.rewarddance.proto.triton.RepositoryIndexResponse;
import io.rewarddance.proto.triton.RepositoryIndexResponse.ModelIndex;
import io.rewarddance.proto.triton.RepositoryModelUnloadRequest;
import io.rewarddance.proto.triton.RepositoryModelUnloadResponse;
import io.rewarddance.proto.triton.ServerLiveRequest;
import io.rewarddance.proto.triton.ServerLiveResponse;
import io.rewarddance.proto.triton.ServerMetadataRequest;
import io.rewarddance.proto.triton.ServerMetadataResponse;
import io.rewarddance.proto.triton.ServerReadyRequest;
import io.rewarddance.proto.triton.ServerReadyResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A server that has an index and configurations, and nothing behind them. */
public final class IndexedTriton implements AutoCloseable {
  private static final String EXPLICIT_ONLY =
      "explicit model load / unload is not allowed if polling is enabled";

  private final RepositoryIndexResponse.Builder index = RepositoryIndexResponse.newBuilder();
  private final Map<String, ModelConfig> configs = new LinkedHashMap<>();
  private final Server server;
  private boolean ready = true;
  private boolean explicit = true;

  private IndexedTriton(UnaryOperator<NettyServerBuilder> settings) {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    NettyServerBuilder builder = NettyServerBuilder.forAddress(loopback).addService(new Service());
    try {
      server = settings.apply(builder).build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static IndexedTriton start() {
    return new IndexedTriton(builder -> builder);
  }

  /**
   * @param settings TLS, interceptors and the like
   */
  public static IndexedTriton start(UnaryOperator<NettyServerBuilder> settings) {
    return new IndexedTriton(settings);
  }

  public String endpoint() {
    return "127.0.0.1:" + server.getPort();
  }

  /** Its version 1 is ready. */
  public IndexedTriton serving(ServedModel model) {
    return serving(config(model), "1");
  }

  public IndexedTriton serving(ModelConfig config, String version) {
    configs.put(config.getName(), config);
    return listing(config.getName(), version, "READY", "");
  }

  /** A line of the index; all empty but the name for a model that was never loaded. */
  public IndexedTriton listing(String name, String version, String state, String reason) {
    index.addModels(
        ModelIndex.newBuilder()
            .setName(name)
            .setVersion(version)
            .setState(state)
            .setReason(reason));
    return this;
  }

  public IndexedTriton unready() {
    ready = false;
    return this;
  }

  public IndexedTriton polling() {
    explicit = false;
    return this;
  }

  /** What a server says of a model; batched dynamically. */
  public static ModelConfig config(ServedModel model) {
    ModelConfig.Builder config =
        ModelConfig.newBuilder()
            .setName(model.name())
            .setMaxBatchSize(model.maxBatch())
            .setModelTransactionPolicy(
                ModelTransactionPolicy.newBuilder().setDecoupled(model.decoupled()));
    config.getDynamicBatchingBuilder().setMaxQueueDelayMicroseconds(500);
    for (ServedTensor input : model.inputs()) {
      config.addInput(
          ModelInput.newBuilder()
              .setName(input.name())
              .setDataType(type(input))
              .addAllDims(input.dimensions())
              .setOptional(input.optional()));
    }
    for (ServedTensor output : model.outputs()) {
      config.addOutput(
          ModelOutput.newBuilder()
              .setName(output.name())
              .setDataType(type(output))
              .addAllDims(output.dimensions()));
    }
    return config.build();
  }

  private static DataType type(ServedTensor tensor) {
    return tensor.type().map(t -> DataType.valueOf(t.configName())).orElse(DataType.TYPE_INVALID);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static <T> void send(StreamObserver<T> observer, T message) {
    observer.onNext(message);
    observer.onCompleted();
  }

  private final class Service extends GRPCInferenceServiceImplBase {
    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> observer) {
      send(observer, ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(
        ServerReadyRequest request, StreamObserver<ServerReadyResponse> observer) {
      send(observer, ServerReadyResponse.newBuilder().setReady(ready).build());
    }

    @Override
    public void serverMetadata(
        ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> observer) {
      send(
          observer,
          ServerMetadataResponse.newBuilder()
              .setName("triton")
              .setVersion("2.99.0")
              .addAllExtensions(List.of("model_repository", "statistics"))
              .build());
    }

    @Override
    public void repositoryIndex(
        RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> observer) {
      send(observer, index.build());
    }

    @Override
    public void modelConfig(
        ModelConfigRequest request, StreamObserver<ModelConfigResponse> observer) {
      Optional<ModelConfig> config = Optional.ofNullable(configs.get(request.getName()));
      if (config.isPresent()) {
        send(observer, ModelConfigResponse.newBuilder().setConfig(config.get()).build());
      } else {
        String text = "Request for unknown model: '" + request.getName() + "' is not found";
        observer.onError(Status.NOT_FOUND.withDescription(text).asRuntimeException());
      }
    }

    @Override
    public void repositoryModelUnload(
        RepositoryModelUnloadRequest request,
        StreamObserver<RepositoryModelUnloadResponse> observer) {
      if (explicit) {
        send(observer, RepositoryModelUnloadResponse.getDefaultInstance());
      } else {
        observer.onError(Status.UNAVAILABLE.withDescription(EXPLICIT_ONLY).asRuntimeException());
      }
    }
  }
}
