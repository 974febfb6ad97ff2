package io.rewarddance.driver.triton;

import io.grpc.ManagedChannel;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc.GRPCInferenceServiceFutureStub;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One server: a channel for inference, one for control (a slow load must not stand before health
 * checks or images, and Triton serves all control calls on one thread), and what we know of it.
 */
final class Endpoint implements AutoCloseable {
  private final String name;
  private final ManagedChannel data;
  private final ManagedChannel control;
  private final AtomicInteger outstanding = new AtomicInteger();
  private volatile boolean healthy = true;

  Endpoint(String name, ManagedChannel data, ManagedChannel control) {
    this.name = name;
    this.data = data;
    this.control = control;
  }

  String name() {
    return name;
  }

  GRPCInferenceServiceFutureStub inference() {
    return GRPCInferenceServiceGrpc.newFutureStub(data);
  }

  ManagedChannel control() {
    return control;
  }

  AtomicInteger outstanding() {
    return outstanding;
  }

  boolean isHealthy() {
    return healthy;
  }

  void setHealthy(boolean healthy) {
    this.healthy = healthy;
  }

  @Override
  public void close() {
    data.shutdownNow();
    control.shutdownNow();
  }
}
