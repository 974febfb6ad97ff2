package io.rewarddance.driver.triton;

import static io.rewarddance.driver.testing.ScriptedTriton.answer;
import static io.rewarddance.driver.testing.ScriptedTriton.failure;
import static io.rewarddance.driver.triton.Calls.OUTPUT;
import static io.rewarddance.driver.triton.Calls.answer;
import static io.rewarddance.driver.triton.Calls.call;
import static io.rewarddance.driver.triton.Calls.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.testing.HeldCall;
import io.rewarddance.driver.testing.ScriptedTriton;
import io.rewarddance.driver.testing.TritonConfigs;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
final class TritonClientTest {
  private final ScriptedTriton server = ScriptedTriton.start().otherwise(answer(OUTPUT));
  private TritonClient client = connect(TritonConfigs.ofRetries(0));

  private TritonClient connect(TritonConfig config) {
    return TritonClient.connect(List.of(server.endpoint()), config, () -> 0);
  }

  private void reconnect(TritonConfig config) {
    client.close();
    client = connect(config);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void tensorsTravelBothWays() {
    InferAnswer answer = answer(client.infer(call("a")));

    assertThat(answer.endpoint()).isEqualTo(server.endpoint());
    assertThat(answer.version()).isEqualTo(1);
    assertThat(answer.output("out")).isEqualTo(OUTPUT);
    ModelInferRequest request = server.requests.remove();
    assertThat(request.getModelName()).isEqualTo("m");
    assertThat(request.getModelVersion()).isEmpty();
    assertThat(request.getId()).isEqualTo("a");
    assertThat(request.getInputs(0).getName()).isEqualTo("in");
    assertThat(request.getInputs(0).getDatatype()).isEqualTo("INT32");
    assertThat(request.getInputs(0).getShapeList()).containsExactly(1L, 1L);
    assertThat(request.getRawInputContents(0).toByteArray()).containsExactly(7, 0, 0, 0);
    assertThat(request.getOutputsList()).singleElement().matches(o -> o.getName().equals("out"));
  }

  @Test
  void aPinnedVersionIsNamed() {
    answer(client.infer(new InferCall("m", 12, "a", List.of(), List.of("out"), 0)));
    assertThat(server.requests.remove().getModelVersion()).isEqualTo("12");
  }

  static Stream<Arguments> spoiltAnswers() {
    return Stream.of(
        spoilt(a -> a.setId("another"), "id: 'another' (expected: 'a')"),
        spoilt(a -> a.setModelVersion("new"), "model_version: 'new' (expected: a number)"),
        spoilt(a -> a.setRawOutputContents(0, ByteString.EMPTY), "tensor 'out': 0 bytes"),
        spoilt(ModelInferResponse.Builder::clearRawOutputContents, "'out'"),
        spoilt(a -> a.getOutputsBuilder(0).setShape(0, -1).build(), "-1"),
        spoilt(
            a -> {
              a.getOutputsBuilder(0).setShape(0, 1L << 40).setShape(1, 1L << 40);
              return a;
            },
            "fewer elements"),
        spoilt(
            a -> {
              a.getOutputsBuilder(0).setDatatype("FP31");
              return a;
            },
            "'FP31' is not known"));
  }

  private static Arguments spoilt(
      java.util.function.Function<ModelInferResponse.Builder, ?> spoil, String text) {
    UnaryOperator<ModelInferResponse.Builder> all =
        builder -> {
          spoil.apply(builder);
          return builder;
        };
    return Arguments.of(all, text);
  }

  @ParameterizedTest
  @MethodSource("spoiltAnswers")
  void anAnswerThatIsNotWholeIsABadAnswer(
      UnaryOperator<ModelInferResponse.Builder> spoil, String text) {
    reconnect(TritonConfigs.ofRetries(3));
    server.then(answer(spoil, OUTPUT));

    TritonException failure = failure(client.infer(call("a")));
    assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(failure).hasMessageContaining(text).hasMessageContaining(server.endpoint());
    assertThat(server.requests).as("not repeated").hasSize(1);
  }

  @Test
  void aMissingOutputIsNamed() {
    InferAnswer answer = answer(client.infer(call("a")));
    assertThatExceptionOfType(TritonException.class)
        .isThrownBy(() -> answer.output("image"))
        .withMessageContaining("output 'image' is missing (got: [out])")
        .matches(e -> e.kind() == ErrorKind.BAD_ANSWER);
  }

  @Test
  void anAnswerAboveGrpcsUsualLimitArrives() {
    byte[] pixels = new byte[6 << 20];
    new Random(1).nextBytes(pixels);
    Tensor image = Tensors.ofUint8("out", new long[] {1, pixels.length}, pixels);
    server.then(answer(image));
    assertThat(answer(client.infer(call("a"))).output("out").int8s()).isEqualTo(pixels);
  }

  /** Many at once, so that frames of several answers lie between each other in what is read. */
  @Test
  void answersThatArriveTogetherAreKeptApart() {
    reconnect(TritonConfigs.ofBounds(64 << 20, 16));
    server.otherwise(
        (request, observer) -> {
          byte[] bytes = new byte[100_003];
          new Random(request.getId().hashCode()).nextBytes(bytes);
          answer(Tensors.ofUint8("out", new long[] {bytes.length}, bytes)).to(request, observer);
        });
    List<CompletableFuture<InferAnswer>> answers =
        IntStream.range(0, 64).mapToObj(i -> client.infer(call("r" + i))).toList();
    for (int i = 0; i < 64; i++) {
      byte[] expected = new byte[100_003];
      new Random(("r" + i).hashCode()).nextBytes(expected);
      assertThat(answer(answers.get(i)).output("out").int8s()).isEqualTo(expected);
    }
  }

  @Test
  void onlyALargeAnswerIsReadOffTheNetworksThread() {
    assertThat(readerOf(call("small", 1000))).startsWith("triton-io");
    assertThat(readerOf(call("large", 32 << 20))).doesNotStartWith("triton-io");
  }

  private String readerOf(InferCall call) {
    HeldCall held = server.thenHold();
    CompletableFuture<String> reader =
        client.infer(call).thenApply(answer -> Thread.currentThread().getName());
    held.await();
    held.reply(answer(OUTPUT));
    return reader.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void aRequestAboveTheServersLimitIsTooLargeAndNotRepeated() {
    try (ScriptedTriton small = ScriptedTriton.withRequestsUpTo(1000);
        TritonClient toSmall =
            TritonClient.connect(List.of(small.endpoint()), TritonConfigs.ofRetries(3), () -> 0)) {
      Tensor large = Tensors.ofUint8("in", new long[] {1, 5000}, new byte[5000]);
      InferCall call = new InferCall("m", InferCall.NEWEST, "a", List.of(large), List.of(), 0);
      assertThat(failure(toSmall.infer(call)).kind()).isEqualTo(ErrorKind.TOO_LARGE);
      assertThat(small.tokens).as("attempts").hasSize(1);
    }
  }

  @Test
  void aServerThatIsTooSlowMeetsTheDeadlineAndIsToldSo() throws InterruptedException {
    reconnect(TritonConfigs.ofDeadline(Duration.ofMillis(200)));
    HeldCall held = server.thenHold();

    TritonException failure = failure(client.infer(call("a")));
    assertThat(failure.kind()).isEqualTo(ErrorKind.DEADLINE);
    assertThat(failure.kind().isRetryable()).isFalse();
    assertThat(held.awaitCancelled()).isTrue();
  }

  @Test
  void aCancelledCallIsCancelledOnTheServerAndItsRoomIsFree() throws InterruptedException {
    reconnect(TritonConfigs.ofBounds(1000, 1));
    HeldCall held = server.thenHold();
    CompletableFuture<InferAnswer> first = client.infer(call("a"));
    CompletableFuture<InferAnswer> second = client.infer(call("b"));
    held.await();
    assertThat(server.requests).as("room for one").hasSize(1);

    first.cancel(true);
    assertThat(held.awaitCancelled()).isTrue();
    answer(second);
  }

  @Test
  void aCallCancelledInTheQueueIsNeverSent() {
    reconnect(TritonConfigs.ofBounds(1000, 1));
    HeldCall held = server.thenHold();
    CompletableFuture<InferAnswer> first = client.infer(call("a"));
    CompletableFuture<InferAnswer> second = client.infer(call("b"));
    CompletableFuture<InferAnswer> third = client.infer(call("c"));
    second.cancel(true);
    held.await();
    held.reply(answer(OUTPUT));

    answer(first);
    answer(third);
    assertThat(server.requests).extracting(ModelInferRequest::getId).containsExactly("a", "c");
  }

  @Test
  void bytesUnderWayAreBounded() {
    reconnect(TritonConfigs.ofBounds(100, 4));
    HeldCall held = server.thenHold();
    CompletableFuture<InferAnswer> first = client.infer(call("a", 60));
    CompletableFuture<InferAnswer> second = client.infer(call("b", 60));
    held.await();
    assertThat(second).isNotDone();
    assertThat(server.requests).hasSize(1);

    held.reply(answer(OUTPUT));
    answer(first);
    answer(second);
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void roomIsGivenBackAfterAFailure() {
    reconnect(TritonConfigs.ofBounds(100, 1));
    for (int i = 0; i < 5; i++) {
      server.then(failure(Status.INVALID_ARGUMENT.withDescription("no")));
      assertThat(failure(client.infer(call("a", 90))).kind()).isEqualTo(ErrorKind.BAD_REQUEST);
    }
    answer(client.infer(call("a", 90)));
  }

  @Test
  void closingEndsWhatIsUnderWayAndWhatWaits() {
    reconnect(TritonConfigs.ofBounds(1000, 1));
    HeldCall held = server.thenHold();
    CompletableFuture<InferAnswer> sent = client.infer(call("a"));
    CompletableFuture<InferAnswer> waiting = client.infer(call("b"));
    held.await();

    client.close();
    failure(sent);
    failure(waiting);
    assertThat(failure(client.infer(call("late"))).kind())
        .isIn(ErrorKind.CANCELLED, ErrorKind.UNREACHABLE);
  }

  @Test
  void noEndpointIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TritonClient.connect(List.of(), TritonConfigs.ofRetries(0), () -> 0))
        .withMessageContaining("endpoints: []");
  }
}
