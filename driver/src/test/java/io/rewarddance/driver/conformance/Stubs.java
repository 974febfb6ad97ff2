package io.rewarddance.driver.conformance;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelStreamInferResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What protoc makes of Triton's service, and grpc-java. */
final class Stubs implements Transport {
  private static final int DEADLINE_S = 120;

  /** Errors of a failed load don't fit into the default of 8 KiB. */
  private static final int MAX_METADATA = 256 << 10;

  private final ManagedChannel channel;

  Stubs(String endpoint) {
    channel =
        NettyChannelBuilder.forTarget(endpoint)
            .usePlaintext()
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .maxInboundMetadataSize(MAX_METADATA)
            .build();
  }

  private GRPCInferenceServiceBlockingStub stub() {
    return GRPCInferenceServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
  }

  @Override
  public Outcome infer(ModelInferRequest request) {
    try {
      return Outcome.inferred(stub().modelInfer(request));
    } catch (StatusRuntimeException e) {
      return Outcome.failed(e.getStatus());
    }
  }

  @Override
  public List<Outcome> stream(List<ModelInferRequest> requests) {
    List<Outcome> outcomes = new ArrayList<>();
    CompletableFuture<Status> end = new CompletableFuture<>();
    StreamObserver<ModelInferRequest> stream =
        GRPCInferenceServiceGrpc.newStub(channel)
            .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)
            .modelStreamInfer(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ModelStreamInferResponse item) {
                    outcomes.add(
                        Outcome.inferred(item.getInferResponse()).inStream(item.getErrorMessage()));
                  }

                  @Override
                  public void onError(Throwable failure) {
                    end.complete(Status.fromThrowable(failure));
                  }

                  @Override
                  public void onCompleted() {
                    end.complete(Status.OK);
                  }
                });
    requests.forEach(stream::onNext);
    stream.onCompleted();
    Status status = end.join();
    if (!status.isOk()) {
      outcomes.add(Outcome.failed(status));
    }
    return outcomes;
  }

  @Override
  public Outcome control(String rpc, Message request) {
    MethodDescriptor<?, ?> found =
        GRPCInferenceServiceGrpc.getServiceDescriptor().getMethods().stream()
            .filter(method -> rpc.equals(method.getBareMethodName()))
            .findFirst()
            .orElseThrow();
    @SuppressWarnings("unchecked")
    MethodDescriptor<Message, Message> method = (MethodDescriptor<Message, Message>) found;
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
    try {
      return Outcome.answered(ClientCalls.blockingUnaryCall(channel, method, options, request));
    } catch (StatusRuntimeException e) {
      return Outcome.failed(e.getStatus());
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
