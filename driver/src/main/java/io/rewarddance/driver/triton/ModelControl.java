package io.rewarddance.driver.triton;

import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc.GRPCInferenceServiceFutureStub;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelConfigRequest;
import io.rewarddance.proto.triton.ModelConfigResponse;
import io.rewarddance.proto.triton.ModelMetadataRequest;
import io.rewarddance.proto.triton.ModelMetadataResponse;
import io.rewarddance.proto.triton.ModelReadyRequest;
import io.rewarddance.proto.triton.ModelReadyResponse;
import io.rewarddance.proto.triton.ModelStatisticsRequest;
import io.rewarddance.proto.triton.ModelStatisticsResponse;
import io.rewarddance.proto.triton.RepositoryIndexRequest;
import io.rewarddance.proto.triton.RepositoryIndexResponse;
import io.rewarddance.proto.triton.RepositoryModelLoadRequest;
import io.rewarddance.proto.triton.RepositoryModelLoadResponse;
import io.rewarddance.proto.triton.RepositoryModelUnloadRequest;
import io.rewarddance.proto.triton.RepositoryModelUnloadResponse;
import io.rewarddance.proto.triton.ServerLiveRequest;
import io.rewarddance.proto.triton.ServerLiveResponse;
import io.rewarddance.proto.triton.ServerMetadataRequest;
import io.rewarddance.proto.triton.ServerMetadataResponse;
import io.rewarddance.proto.triton.ServerReadyRequest;
import io.rewarddance.proto.triton.ServerReadyResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Control calls to one server. Never balanced and never retried: the caller decides what a server
 * that doesn't follow means. Every future fails with a {@link TritonException}.
 */
public final class ModelControl {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** No repository has a model of this name: to unload it changes nothing. */
  private static final String NO_MODEL = "rewarddance-no-such-model";

  private final Endpoint endpoint;
  private final Duration deadline;

  ModelControl(Endpoint endpoint, Duration deadline) {
    this.endpoint = endpoint;
    this.deadline = deadline;
  }

  /** {@code host:port}. */
  public String endpoint() {
    return endpoint.name();
  }

  /**
   * Whether the server answers. Not whether it is ready: one failed load, of any model, makes a
   * server unready until a later load, and all the while it serves what it has.
   */
  public CompletableFuture<Boolean> live() {
    return Futures.of(
        stub(deadline).serverLive(ServerLiveRequest.getDefaultInstance()),
        endpoint(),
        ServerLiveResponse::getLive);
  }

  /** Whether the server calls itself ready; see {@link #live()} for what that doesn't mean. */
  public CompletableFuture<Boolean> ready() {
    return Futures.of(
        stub(deadline).serverReady(ServerReadyRequest.getDefaultInstance()),
        endpoint(),
        ServerReadyResponse::getReady);
  }

  public CompletableFuture<ServerMetadataResponse> serverMetadata() {
    return Futures.of(
        stub(deadline).serverMetadata(ServerMetadataRequest.getDefaultInstance()), endpoint());
  }

  /**
   * Whether exactly this version serves; an unknown one is false, or NOT_FOUND on newer servers.
   */
  public CompletableFuture<Boolean> modelReady(String model, long version) {
    ModelReadyRequest request =
        ModelReadyRequest.newBuilder().setName(model).setVersion(Long.toString(version)).build();
    return Futures.of(stub(deadline).modelReady(request), endpoint(), ModelReadyResponse::getReady);
  }

  public CompletableFuture<ModelMetadataResponse> modelMetadata(String model) {
    ModelMetadataRequest request = ModelMetadataRequest.newBuilder().setName(model).build();
    return Futures.of(stub(deadline).modelMetadata(request), endpoint());
  }

  public CompletableFuture<ModelConfig> modelConfig(String model) {
    ModelConfigRequest request = ModelConfigRequest.newBuilder().setName(model).build();
    return Futures.of(
        stub(deadline).modelConfig(request), endpoint(), ModelConfigResponse::getConfig);
  }

  public CompletableFuture<ModelStatisticsResponse> statistics(String model) {
    ModelStatisticsRequest request = ModelStatisticsRequest.newBuilder().setName(model).build();
    return Futures.of(stub(deadline).modelStatistics(request), endpoint());
  }

  public CompletableFuture<RepositoryIndexResponse> index() {
    return Futures.of(
        stub(deadline).repositoryIndex(RepositoryIndexRequest.getDefaultInstance()), endpoint());
  }

  /** Completes once the server serves what the repository holds now, or couldn't. */
  public CompletableFuture<RepositoryModelLoadResponse> load(String model, Duration loadDeadline) {
    RepositoryModelLoadRequest request =
        RepositoryModelLoadRequest.newBuilder().setModelName(model).build();
    return connect()
        .thenCompose(
            tried -> Futures.of(stub(loadDeadline).repositoryModelLoad(request), endpoint()));
  }

  /**
   * Lets a channel that failed before try once more, without the wait that it is in: a server that
   * was away may be back. Completes whether it is or not.
   */
  private CompletableFuture<Void> connect() {
    endpoint.reconnect();
    return Futures.of(
            stub(CONNECT).withWaitForReady().serverLive(ServerLiveRequest.getDefaultInstance()),
            endpoint())
        .handle((live, failure) -> null);
  }

  public CompletableFuture<RepositoryModelUnloadResponse> unload(String model) {
    RepositoryModelUnloadRequest request =
        RepositoryModelUnloadRequest.newBuilder().setModelName(model).build();
    return Futures.of(stub(deadline).repositoryModelUnload(request), endpoint());
  }

  /** Fails unless the server lets its models be loaded and unloaded; changes nothing there. */
  public CompletableFuture<Void> requireExplicit() {
    return unload(NO_MODEL)
        .handle(
            (unloaded, failure) -> {
              if (failure instanceof TritonException refused && keepsOut(refused.kind())) {
                throw refused;
              }
              return null;
            });
  }

  /** Any other failure means that it looked for the model, so it would have unloaded it. */
  private static boolean keepsOut(ErrorKind kind) {
    return switch (kind) {
      case CONTROL_MODE, REFUSED, UNSUPPORTED, UNREACHABLE, DEADLINE -> true;
      default -> false;
    };
  }

  private GRPCInferenceServiceFutureStub stub(Duration limit) {
    return GRPCInferenceServiceGrpc.newFutureStub(endpoint.control())
        .withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
