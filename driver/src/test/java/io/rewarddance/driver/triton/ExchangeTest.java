package io.rewarddance.driver.triton;

import static io.rewarddance.driver.triton.Calls.OUTPUT;
import static io.rewarddance.driver.triton.Calls.call;
import static io.rewarddance.driver.triton.Calls.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.rewarddance.proto.tensor.InferCodec;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ExchangeTest {
  private final Played wire = new Played();

  private CompletableFuture<InferAnswer> start() {
    InferCall call = call("a");
    return Exchange.start(
        wire,
        Messages.request(call),
        "host:1",
        message -> Messages.answer("host:1", call, message));
  }

  private static ModelInferResponse message() {
    ModelInferResponse.Builder message =
        ModelInferResponse.newBuilder().setId("a").setModelVersion("3");
    InferCodec.addOutputs(message, List.of(OUTPUT));
    return message.build();
  }

  @Test
  void theAnswerComesOnceTheCallIsOver() {
    CompletableFuture<InferAnswer> answer = start();
    wire.listener.onMessage(message());
    assertThat(answer).as("its status is still to come").isNotDone();
    wire.listener.onClose(Status.OK, new Metadata());

    assertThat(answer.join()).isEqualTo(new InferAnswer("host:1", 3, Map.of("out", OUTPUT)));
    assertThat(wire.events).containsExactly("start", "send a", "half-close");
  }

  @Test
  void aStatusAfterAMessageIsTheFailure() {
    CompletableFuture<InferAnswer> answer = start();
    wire.listener.onMessage(message());
    wire.listener.onClose(Status.NOT_FOUND.withDescription("gone"), new Metadata());
    assertThat(failure(answer).kind()).isEqualTo(ErrorKind.UNKNOWN_MODEL);
    assertThat(failure(answer)).hasMessageContaining("gone").hasMessageContaining("host:1");
  }

  @Test
  void anAnswerWithoutAMessageOrWithTwoIsAnError() {
    CompletableFuture<InferAnswer> none = start();
    wire.listener.onClose(Status.OK, new Metadata());
    assertThat(failure(none)).hasMessageContaining("no answer came");

    start();
    wire.listener.onMessage(message());
    assertThatExceptionOfType(StatusRuntimeException.class)
        .as("gRPC then closes the call with it")
        .isThrownBy(() -> wire.listener.onMessage(message()));
  }

  @Test
  void anAnswerToAnotherRequestIsABadOne() {
    CompletableFuture<InferAnswer> answer = start();
    wire.listener.onMessage(message().toBuilder().setId("b").build());
    wire.listener.onClose(Status.OK, new Metadata());
    assertThat(failure(answer).kind()).isEqualTo(ErrorKind.BAD_ANSWER);
  }

  @Test
  void aRequestThatCannotBeSentFailsAndIsGivenUp() {
    wire.refusal = new IllegalStateException("no room");
    assertThat(failure(start())).hasMessageContaining("no room");
    assertThat(wire.events).endsWith("cancel");
  }

  @Test
  void onlyCancellingCancelsTheCall() {
    CompletableFuture<InferAnswer> answer = start();
    wire.listener.onMessage(message());
    wire.listener.onClose(Status.OK, new Metadata());
    assertThat(answer).isCompleted();
    assertThat(wire.events).doesNotContain("cancel");

    start().cancel(true);
    assertThat(wire.events).endsWith("cancel");
  }

  /** A call that writes down what is done to it. */
  private static final class Played extends ClientCall<ModelInferRequest, ModelInferResponse> {
    private final List<String> events = new ArrayList<>();
    private Listener<ModelInferResponse> listener;
    private RuntimeException refusal;

    @Override
    public void start(Listener<ModelInferResponse> responses, Metadata headers) {
      listener = responses;
      events.add("start");
    }

    @Override
    public void request(int messages) {
      assertThat(messages).isEqualTo(2);
    }

    @Override
    public void sendMessage(ModelInferRequest request) {
      if (refusal != null) {
        throw refusal;
      }
      events.add("send " + request.getId());
    }

    @Override
    public void halfClose() {
      events.add("half-close");
    }

    @Override
    public void cancel(String message, Throwable cause) {
      events.add("cancel");
    }
  }
}
