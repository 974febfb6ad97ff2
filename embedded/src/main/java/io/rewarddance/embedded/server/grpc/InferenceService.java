package io.rewarddance.embedded.server.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.embedded.server.infer.InferAnswer;
import io.rewarddance.embedded.server.infer.InferenceCalls;
import io.rewarddance.embedded.server.lifecycle.ModelControl;
import io.rewarddance.embedded.server.lifecycle.VersionTable;
import io.rewarddance.embedded.server.memory.SharedRegions;
import io.rewarddance.embedded.server.repository.ModelRepository;
import io.rewarddance.embedded.server.settings.LogSettings;
import io.rewarddance.embedded.server.settings.TraceSettings;
import io.rewarddance.proto.triton.*;
import java.util.concurrent.Executor;

/** Triton's inference service. Each call is one line here; what it does is beside. */
public final class InferenceService extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
  private final VersionTable table;
  private final InferenceCalls calls;
  private final ModelCalls models;
  private final RepositoryCalls repository;
  private final MemoryCalls memory;
  private final SharedRegions regions;
  private final LogSettings logging;
  private final TraceSettings tracing;
  private final Executor control;

  /**
   * @param control runs loads and unloads, so that they keep no other call waiting
   */
  public InferenceService(
      ModelRepository repository,
      VersionTable table,
      ModelControl modelControl,
      SharedRegions regions,
      LogSettings logging,
      Executor control) {
    this.table = table;
    this.tracing = new TraceSettings();
    this.calls = new InferenceCalls(table, regions, tracing);
    this.models = new ModelCalls(table);
    this.repository = new RepositoryCalls(repository, table, modelControl);
    this.memory = new MemoryCalls(regions);
    this.regions = regions;
    this.logging = logging;
    this.control = control;
  }

  @Override
  public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> observer) {
    Answers.answer(observer, () -> ServerLiveResponse.newBuilder().setLive(true).build());
  }

  @Override
  public void serverReady(
      ServerReadyRequest request, StreamObserver<ServerReadyResponse> observer) {
    Answers.answer(
        observer, () -> ServerReadyResponse.newBuilder().setReady(table.allReady()).build());
  }

  @Override
  public void serverMetadata(
      ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> observer) {
    Answers.answer(observer, () -> Descriptions.server(regions.isSupported()));
  }

  @Override
  public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> observer) {
    Answers.answer(observer, () -> models.ready(request.getName(), request.getVersion()));
  }

  @Override
  public void modelMetadata(
      ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> observer) {
    Answers.answer(observer, () -> models.metadata(request.getName(), request.getVersion()));
  }

  @Override
  public void modelConfig(
      ModelConfigRequest request, StreamObserver<ModelConfigResponse> observer) {
    Answers.answer(observer, () -> models.config(request.getName(), request.getVersion()));
  }

  @Override
  public void modelStatistics(
      ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> observer) {
    Answers.answer(observer, () -> models.statistics(request.getName(), request.getVersion()));
  }

  @Override
  public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
    ServerCallStreamObserver<ModelInferResponse> call =
        (ServerCallStreamObserver<ModelInferResponse>) observer;
    call.setOnCancelHandler(() -> {}); // so that answering a cancelled call is no error
    try {
      calls.submit(request, call::isCancelled, answer -> answer(call, answer));
    } catch (RuntimeException e) {
      Answers.fail(call, e);
    }
  }

  private static void answer(StreamObserver<ModelInferResponse> observer, InferAnswer answer) {
    if (answer instanceof InferAnswer.Answered answered) {
      observer.onNext(answered.response());
      observer.onCompleted();
    } else {
      Answers.fail(observer, ((InferAnswer.Failed) answer).error());
    }
  }

  @Override
  public StreamObserver<ModelInferRequest> modelStreamInfer(
      StreamObserver<ModelStreamInferResponse> observer) {
    return new InferStream(
        calls,
        (ServerCallStreamObserver<ModelStreamInferResponse>) observer,
        StreamErrorMode.ENDS_STREAM.get());
  }

  @Override
  public void repositoryIndex(
      RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> observer) {
    control.execute(() -> Answers.answer(observer, () -> repository.index(request)));
  }

  @Override
  public void repositoryModelLoad(
      RepositoryModelLoadRequest request, StreamObserver<RepositoryModelLoadResponse> observer) {
    control.execute(() -> Answers.answer(observer, () -> repository.load(request)));
  }

  @Override
  public void repositoryModelUnload(
      RepositoryModelUnloadRequest request,
      StreamObserver<RepositoryModelUnloadResponse> observer) {
    control.execute(() -> Answers.answer(observer, () -> repository.unload(request)));
  }

  @Override
  public void systemSharedMemoryStatus(
      SystemSharedMemoryStatusRequest request,
      StreamObserver<SystemSharedMemoryStatusResponse> observer) {
    Answers.answer(observer, () -> memory.status(request.getName()));
  }

  @Override
  public void systemSharedMemoryRegister(
      SystemSharedMemoryRegisterRequest request,
      StreamObserver<SystemSharedMemoryRegisterResponse> observer) {
    Answers.answer(observer, () -> memory.register(request));
  }

  @Override
  public void systemSharedMemoryUnregister(
      SystemSharedMemoryUnregisterRequest request,
      StreamObserver<SystemSharedMemoryUnregisterResponse> observer) {
    Answers.answer(observer, () -> memory.unregister(request.getName()));
  }

  @Override
  public void cudaSharedMemoryStatus(
      CudaSharedMemoryStatusRequest request,
      StreamObserver<CudaSharedMemoryStatusResponse> observer) {
    Answers.answer(observer, () -> memory.cudaStatus(request));
  }

  @Override
  public void cudaSharedMemoryRegister(
      CudaSharedMemoryRegisterRequest request,
      StreamObserver<CudaSharedMemoryRegisterResponse> observer) {
    Answers.answer(observer, () -> memory.cudaRegister(request));
  }

  /** There is none registered, so none is left: always a success, as on the real server. */
  @Override
  public void cudaSharedMemoryUnregister(
      CudaSharedMemoryUnregisterRequest request,
      StreamObserver<CudaSharedMemoryUnregisterResponse> observer) {
    Answers.answer(observer, CudaSharedMemoryUnregisterResponse::getDefaultInstance);
  }

  @Override
  public void traceSetting(
      TraceSettingRequest request, StreamObserver<TraceSettingResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          requireServed(request.getModelName());
          return tracing.update(request.getModelName(), request.getSettingsMap());
        });
  }

  private void requireServed(String model) {
    if (!model.isEmpty() && table.ready(model).isEmpty()) {
      throw RequestException.invalid("Request for unknown model : " + model);
    }
  }

  @Override
  public void logSettings(
      LogSettingsRequest request, StreamObserver<LogSettingsResponse> observer) {
    Answers.answer(observer, () -> logging.update(request.getSettingsMap()));
  }
}
