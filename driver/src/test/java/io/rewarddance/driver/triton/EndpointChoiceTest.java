package io.rewarddance.driver.triton;

import static io.rewarddance.driver.testing.ScriptedTriton.answer;
import static io.rewarddance.driver.triton.Calls.OUTPUT;
import static io.rewarddance.driver.triton.Calls.answer;
import static io.rewarddance.driver.triton.Calls.call;
import static io.rewarddance.driver.triton.Calls.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.grpc.Status;
import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.testing.Await;
import io.rewarddance.driver.testing.HeldCall;
import io.rewarddance.driver.testing.Relay;
import io.rewarddance.driver.testing.ScriptedTriton;
import io.rewarddance.driver.testing.TritonConfigs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(40)
final class EndpointChoiceTest {
  private final ScriptedTriton one = ScriptedTriton.start().otherwise(answer(OUTPUT));
  private final ScriptedTriton two = ScriptedTriton.start().otherwise(answer(OUTPUT));
  private TritonClient client = connect(TritonConfigs.ofRetries(3));

  private TritonClient connect(TritonConfig config) {
    return TritonClient.connect(List.of(one.endpoint(), two.endpoint()), config, () -> 0);
  }

  @AfterEach
  void close() {
    client.close();
    one.close();
    two.close();
  }

  @Test
  void theLeastLoadedEndpointIsAsked() {
    HeldCall first = one.thenHold();
    HeldCall second = two.thenHold();
    CompletableFuture<InferAnswer> call = client.infer(call("1"));
    client.infer(call("2"));
    first.await();
    second.await();

    first.reply(answer(OUTPUT));
    answer(call);
    for (int i = 0; i < 5; i++) {
      assertThat(answer(client.infer(call("3"))).endpoint()).isEqualTo(one.endpoint());
    }
  }

  /** The slow one is the first of the list, which is asked when nothing speaks for another. */
  @Test
  void aSlowEndpointIsLeftToTheQuickOne() {
    one.otherwise(slowly(Duration.ofMillis(200)));
    int slow = 0;
    for (int i = 0; i < 40; i++) {
      slow += answer(client.infer(call("s" + i))).endpoint().equals(one.endpoint()) ? 1 : 0;
    }
    assertThat(slow).isBetween(1, 5);
    List<CompletableFuture<InferAnswer>> many =
        IntStream.range(0, 40).mapToObj(i -> client.infer(call("m" + i))).toList();
    assertThat(many)
        .filteredOn(a -> answer(a).endpoint().equals(two.endpoint()))
        .hasSizeGreaterThan(30);
  }

  private static ScriptedTriton.Reply slowly(Duration wait) {
    ScriptedTriton.Reply answer = answer(OUTPUT);
    return (request, observer) ->
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS)
            .execute(() -> answer.to(request, observer));
  }

  @Test
  void aRetryGoesElsewhere() {
    one.then(ScriptedTriton.failure(Status.UNAVAILABLE.withDescription("io exception")));
    assertThat(answer(client.infer(call("a"))).endpoint()).isEqualTo(two.endpoint());
  }

  @Test
  void aFullQueueIsTriedElsewhereButItsEndpointStaysIn() {
    one.then(
        ScriptedTriton.failure(Status.UNAVAILABLE.withDescription("exceeds maximum queue size")));
    assertThat(answer(client.infer(call("a"))).endpoint()).isEqualTo(two.endpoint());
    assertThat(answer(client.infer(call("b"))).endpoint()).isEqualTo(one.endpoint());
  }

  @Test
  void anEndpointThatDiesInTheMiddleOfACallIsReplacedByAnother() {
    HeldCall held = one.thenHold();
    CompletableFuture<InferAnswer> call = client.infer(call("a"));
    held.await();

    one.kill();
    assertThat(answer(call).endpoint()).isEqualTo(two.endpoint());
    assertThat(answer(client.infer(call("b"))).endpoint()).isEqualTo(two.endpoint());
  }

  @Test
  void aConnectionThatBreaksInTheMiddleOfACallIsReplacedByAnother() {
    try (Relay wire = new Relay(one.endpoint());
        TritonClient through =
            TritonClient.connect(
                List.of(wire.endpoint(), two.endpoint()), TritonConfigs.ofRetries(1), () -> 0)) {
      HeldCall held = one.thenHold();
      CompletableFuture<InferAnswer> call = through.infer(call("a"));
      held.await();

      wire.cut();
      assertThat(answer(call).endpoint()).isEqualTo(two.endpoint());
      assertThat(two.requests).hasSize(1);
    }
  }

  @Test
  void aDeadEndpointIsLeftOutUntilItIsReadyAgain() throws InterruptedException {
    one.kill();
    for (int i = 0; i < 20; i++) {
      assertThat(answer(client.infer(call("x" + i))).endpoint()).isEqualTo(two.endpoint());
    }
    one.setLive(false);
    one.restart();
    assertThat(one.probes.poll(20, TimeUnit.SECONDS)).isFalse();
    assertThat(one.probes.poll(20, TimeUnit.SECONDS)).isFalse();
    assertThat(answer(client.infer(call("y"))).endpoint()).isEqualTo(two.endpoint());

    one.setLive(true);
    awaitAnsweredBy(one);
  }

  @Test
  void anEndpointThatHangsIsLeftOut() {
    client.close();
    client = connect(TritonConfigs.ofDeadline(Duration.ofMillis(300)));
    one.setLive(false);
    one.otherwise((request, observer) -> {});
    assertThat(failure(client.infer(call("a"))).kind()).isEqualTo(ErrorKind.DEADLINE);
    assertThat(answer(client.infer(call("b"))).endpoint()).isEqualTo(two.endpoint());
  }

  @Test
  void whenAllAreDeadTheyAreTriedAllTheSame() {
    one.kill();
    two.kill();
    assertThat(failure(client.infer(call("a"))).kind()).isEqualTo(ErrorKind.UNREACHABLE);
    two.restart();
    awaitAnsweredBy(two);
  }

  @Test
  void aCallToOneEndpointStaysThere() {
    two.kill();
    assertThat(failure(client.inferAt(two.endpoint(), call("a"))).kind())
        .isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(one.requests).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.inferAt("elsewhere:1", call("a")))
        .withMessageContaining("endpoint: elsewhere:1 (expected: one of");
  }

  private void awaitAnsweredBy(ScriptedTriton server) {
    Await.until(
        server.endpoint() + " answers",
        () ->
            client
                .infer(call("again"))
                .handle((answer, e) -> e == null && answer.endpoint().equals(server.endpoint()))
                .join());
  }
}
