package io.rewarddance.driver.testing;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request that has reached its server and isn't answered until the test says so. */
public final class HeldCall implements ScriptedTriton.Reply {
  private record Arrived(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {}

  private final CompletableFuture<Arrived> arrived = new CompletableFuture<>();
  private final CountDownLatch cancelled = new CountDownLatch(1);

  @Override
  public void to(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
    ((ServerCallStreamObserver<ModelInferResponse>) observer)
        .setOnCancelHandler(cancelled::countDown);
    arrived.complete(new Arrived(request, observer));
  }

  /** Waits for the request. */
  public ModelInferRequest await() {
    return arrived().request();
  }

  public boolean hasArrived() {
    return arrived.isDone();
  }

  /** Answers after all. */
  public void reply(ScriptedTriton.Reply reply) {
    reply.to(arrived().request(), arrived().observer());
  }

  public void fail(Status status) {
    arrived().observer().onError(status.asRuntimeException());
  }

  /** Waits until the server learns that nobody wants the answer any more. */
  public boolean awaitCancelled() throws InterruptedException {
    return cancelled.await(10, TimeUnit.SECONDS);
  }

  private Arrived arrived() {
    return arrived.orTimeout(10, TimeUnit.SECONDS).join();
  }
}
