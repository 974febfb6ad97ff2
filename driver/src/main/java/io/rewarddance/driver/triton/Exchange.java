package io.rewarddance.driver.triton;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One inference on the wire: gRPC's callbacks become a future, and cancelling the future cancels
 * the call. Fails with a {@link TritonException} only.
 */
final class Exchange extends ClientCall.Listener<ModelInferResponse> {
  private final ClientCall<ModelInferRequest, ModelInferResponse> call;
  private final String endpoint;
  private final Function<ModelInferResponse, InferAnswer> read;
  private final CompletableFuture<InferAnswer> answer = new CompletableFuture<>();
  private ModelInferResponse message;

  private Exchange(
      ClientCall<ModelInferRequest, ModelInferResponse> call,
      String endpoint,
      Function<ModelInferResponse, InferAnswer> read) {
    this.call = call;
    this.endpoint = endpoint;
    this.read = read;
  }

  /**
   * Sends the request.
   *
   * @param endpoint {@code host:port}, for messages
   * @param read makes the answer of the message; what it throws fails the future
   */
  static CompletableFuture<InferAnswer> start(
      ClientCall<ModelInferRequest, ModelInferResponse> call,
      ModelInferRequest request,
      String endpoint,
      Function<ModelInferResponse, InferAnswer> read) {
    Exchange exchange = new Exchange(call, endpoint, read);
    exchange.answer.whenComplete((result, failure) -> exchange.cancelIfUnwanted());
    exchange.send(request);
    return exchange.answer;
  }

  private void send(ModelInferRequest request) {
    try {
      call.start(this, new Metadata());
      // Two, so that a second message, which there mustn't be, is noticed.
      call.request(2);
      call.sendMessage(request);
      call.halfClose();
    } catch (RuntimeException e) {
      call.cancel("can't be sent", e);
      fail(e);
    }
  }

  @Override
  public void onMessage(ModelInferResponse received) {
    if (message != null) {
      throw Status.INTERNAL.withDescription("two answers to one request").asRuntimeException();
    }
    message = received;
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    if (!status.isOk()) {
      fail(status.asRuntimeException(trailers));
    } else if (message == null) {
      fail(Status.INTERNAL.withDescription("no answer came").asRuntimeException());
    } else {
      complete();
    }
  }

  private void complete() {
    try {
      answer.complete(read.apply(message));
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void fail(Throwable failure) {
    answer.completeExceptionally(Futures.typed(failure, endpoint));
  }

  private void cancelIfUnwanted() {
    if (answer.isCancelled()) {
      call.cancel("the answer isn't wanted any more", null);
    }
  }
}
