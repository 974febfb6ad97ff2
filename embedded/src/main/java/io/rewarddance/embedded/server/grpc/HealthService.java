package io.rewarddance.embedded.server.grpc;

import io.grpc.stub.StreamObserver;
import io.rewarddance.embedded.server.lifecycle.VersionTable;
import io.rewarddance.proto.triton.HealthCheckRequest;
import io.rewarddance.proto.triton.HealthCheckResponse;
import io.rewarddance.proto.triton.HealthCheckResponse.ServingStatus;
import io.rewarddance.proto.triton.HealthGrpc;

/** The standard health service: SERVING exactly when the server is ready, for any service name. */
public final class HealthService extends HealthGrpc.HealthImplBase {
  private final VersionTable table;

  public HealthService(VersionTable table) {
    this.table = table;
  }

  @Override
  public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
    Answers.answer(
        observer,
        () ->
            HealthCheckResponse.newBuilder()
                .setStatus(table.allReady() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING)
                .build());
  }
}
