package io.rewarddance.driver.benchmark;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.proto.tensor.InferCodec;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc.GRPCInferenceServiceFutureStub;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferRequest.InferRequestedOutputTensor;
import io.rewarddance.proto.triton.ModelInferResponse;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The same messages by grpc-java alone: made beforehand, sent as fast as so many in flight allow,
 * answers dropped unread, and no judge waits for an image.
 */
final class BareClient implements AutoCloseable {
  private final ManagedChannel channel;
  private final GRPCInferenceServiceFutureStub stub;
  private final ModelInferRequest[] requests;

  BareClient(String endpoint, Queue<InferCall> calls) {
    channel =
        NettyChannelBuilder.forTarget(endpoint)
            .usePlaintext()
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .flowControlWindow(Batch.FLOW_CONTROL_WINDOW)
            .build();
    stub = GRPCInferenceServiceGrpc.newFutureStub(channel);
    requests = calls.stream().map(BareClient::request).toArray(ModelInferRequest[]::new);
  }

  private static ModelInferRequest request(InferCall call) {
    ModelInferRequest.Builder request =
        ModelInferRequest.newBuilder().setModelName(call.model()).setId(call.id());
    InferCodec.addInputs(request, call.inputs());
    call.outputs()
        .forEach(o -> request.addOutputs(InferRequestedOutputTensor.newBuilder().setName(o)));
    return request.build();
  }

  /** Sends each of the messages so many times. */
  void run(int times) {
    CompletableFuture<?>[] lanes = new CompletableFuture<?>[requests.length];
    for (int i = 0; i < requests.length; i++) {
      lanes[i] = new Lane(requests[i], times).run();
    }
    CompletableFuture.allOf(lanes).join();
  }

  /** One message again and again. */
  private final class Lane implements FutureCallback<ModelInferResponse> {
    private final ModelInferRequest request;
    private final AtomicInteger unsent;
    private final AtomicInteger unanswered;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Lane(ModelInferRequest request, int times) {
      this.request = request;
      this.unsent = new AtomicInteger(times);
      this.unanswered = new AtomicInteger(times);
    }

    CompletableFuture<Void> run() {
      for (int i = 0; i < Batch.IN_FLIGHT; i++) {
        send();
      }
      return done;
    }

    private void send() {
      if (unsent.getAndDecrement() > 0) {
        Futures.addCallback(stub.modelInfer(request), this, MoreExecutors.directExecutor());
      }
    }

    @Override
    public void onSuccess(ModelInferResponse response) {
      send();
      if (unanswered.decrementAndGet() == 0) {
        done.complete(null);
      }
    }

    @Override
    public void onFailure(Throwable failure) {
      done.completeExceptionally(failure);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
