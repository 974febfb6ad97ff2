package io.rewarddance.driver.triton;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One server: a channel for inference, one for control (a slow load must not stand before health
 * checks or images, and Triton serves all control calls on one thread), and what we know of it.
 */
final class Endpoint implements AutoCloseable {
  private static final MethodDescriptor<ModelInferRequest, ModelInferResponse> INFER =
      GRPCInferenceServiceGrpc.getModelInferMethod().toBuilder()
          .setResponseMarshaller(new AnswerMarshaller())
          .build();

  private final String name;
  private final ManagedChannel data;
  private final ManagedChannel control;
  private final AtomicInteger outstanding = new AtomicInteger();
  private final AtomicBoolean healthy = new AtomicBoolean(true);

  Endpoint(String name, ManagedChannel data, ManagedChannel control) {
    this.name = name;
    this.data = data;
    this.control = control;
  }

  String name() {
    return name;
  }

  /** Sends one inference request. */
  ListenableFuture<ModelInferResponse> infer(ModelInferRequest request, Duration deadline) {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    return ClientCalls.futureUnaryCall(data.newCall(INFER, options), request);
  }

  ManagedChannel control() {
    return control;
  }

  AtomicInteger outstanding() {
    return outstanding;
  }

  boolean isHealthy() {
    return healthy.get();
  }

  /** Whether it was in until now. */
  boolean takeOut() {
    return healthy.getAndSet(false);
  }

  void bringBack() {
    healthy.set(true);
  }

  /**
   * Connects again with the next call. Left alone, a channel waits longer after each failure, up to
   * two minutes, and fails every call meanwhile.
   */
  void reconnect() {
    control.resetConnectBackoff();
    data.resetConnectBackoff();
  }

  @Override
  public void close() {
    data.shutdownNow();
    control.shutdownNow();
  }
}
