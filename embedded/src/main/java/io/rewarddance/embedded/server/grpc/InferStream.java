package io.rewarddance.embedded.server.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.embedded.server.infer.InferAnswer;
import io.rewarddance.embedded.server.infer.InferenceCalls;
import io.rewarddance.proto.triton.InferParameter;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import io.rewarddance.proto.triton.ModelStreamInferResponse;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One inference stream: requests run at the same time, answers leave in the order of requests. An
 * error is an answer, unless it is a model's and the client asked that such errors end the stream.
 * When the client has sent its last request, the stream ends after the last answer.
 */
final class InferStream implements StreamObserver<ModelInferRequest> {
  /** Requests read ahead of their answers; then the client has to wait. */
  private static final int MAX_IN_FLIGHT = 64;

  private static final String FINAL_RESPONSE = "triton_final_response";

  /** The place of one answer in the order. {@code answer} is written last, under the lock. */
  private static final class Slot {
    private ModelStreamInferResponse answer;
    private RequestException error; // of a request that was accepted, and then failed
  }

  private final InferenceCalls calls;
  private final ServerCallStreamObserver<ModelStreamInferResponse> out;
  private final boolean errorsEndStream;
  private final Deque<Slot> slots = new ArrayDeque<>();
  private boolean halfClosed;
  private boolean ended;

  InferStream(
      InferenceCalls calls,
      ServerCallStreamObserver<ModelStreamInferResponse> out,
      boolean errorsEndStream) {
    this.calls = calls;
    this.out = out;
    this.errorsEndStream = errorsEndStream;
    out.disableAutoRequest();
    out.setOnCancelHandler(this::end);
    out.setOnReadyHandler(this::send);
    out.request(MAX_IN_FLIGHT);
  }

  @Override
  public void onNext(ModelInferRequest request) {
    Slot slot = new Slot();
    synchronized (this) {
      if (ended) {
        return;
      }
      slots.add(slot);
    }
    try {
      calls.submit(request, this::isEnded, answer -> fill(slot, answer));
    } catch (RequestException e) {
      ModelInferResponse id = ModelInferResponse.newBuilder().setId(request.getId()).build();
      fill(slot, error(e, id));
    }
  }

  private void fill(Slot slot, InferAnswer answer) {
    if (answer instanceof InferAnswer.Failed failed) {
      slot.error = failed.error();
      fill(slot, error(failed.error(), finalResponse(failed.header())));
    } else {
      ModelInferResponse response = ((InferAnswer.Answered) answer).response();
      fill(
          slot,
          ModelStreamInferResponse.newBuilder().setInferResponse(finalResponse(response)).build());
    }
  }

  private void fill(Slot slot, ModelStreamInferResponse answer) {
    synchronized (this) {
      slot.answer = answer;
    }
    send();
  }

  private static ModelStreamInferResponse error(RequestException error, ModelInferResponse about) {
    return ModelStreamInferResponse.newBuilder()
        .setErrorMessage(error.getMessage())
        .setInferResponse(about)
        .build();
  }

  private static ModelInferResponse finalResponse(ModelInferResponse response) {
    return response.toBuilder()
        .putParameters(FINAL_RESPONSE, InferParameter.newBuilder().setBoolParam(true).build())
        .build();
  }

  /** Sends what is next in order, as long as the client takes it. */
  private synchronized void send() {
    while (!ended && !slots.isEmpty() && slots.peek().answer != null && out.isReady()) {
      Slot slot = slots.remove();
      if (slot.error != null && errorsEndStream) {
        ended = true;
        out.onError(slot.error.toStatus().asRuntimeException());
        return;
      }
      out.onNext(slot.answer);
      out.request(1);
    }
    if (!ended && halfClosed && slots.isEmpty()) {
      ended = true;
      out.onCompleted();
    }
  }

  private synchronized boolean isEnded() {
    return ended;
  }

  private synchronized void end() {
    ended = true;
    slots.clear();
  }

  @Override
  public void onError(Throwable cancelled) {
    end();
  }

  @Override
  public void onCompleted() {
    synchronized (this) {
      halfClosed = true;
    }
    send();
  }
}
