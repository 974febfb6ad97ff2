package io.rewarddance.driver.triton;

import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
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

  private static final long LARGE_ANSWER = 2 << 20;

  private final String name;
  private final ManagedChannel data;
  private final ManagedChannel control;
  private final AtomicInteger outstanding = new AtomicInteger();
  private final AtomicBoolean healthy = new AtomicBoolean(true);
  private final AnswerTimes times = new AnswerTimes(System::nanoTime);

  Endpoint(String name, ManagedChannel data, ManagedChannel control) {
    this.name = name;
    this.data = data;
    this.control = control;
  }

  String name() {
    return name;
  }

  /**
   * A call for one inference.
   *
   * @param answerBytes roughly how large the answer will be. A small answer is read, and what waits
   *     for it runs, on the network's thread: handing it over would cost more than reading it. A
   *     large one is read on another, so that nothing else waits meanwhile.
   */
  ClientCall<ModelInferRequest, ModelInferResponse> inference(Duration deadline, long answerBytes) {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
    return data.newCall(
        INFER,
        answerBytes > LARGE_ANSWER
            ? options
            : options.withExecutor(MoreExecutors.directExecutor()));
  }

  ManagedChannel control() {
    return control;
  }

  AtomicInteger outstanding() {
    return outstanding;
  }

  AnswerTimes times() {
    return times;
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
