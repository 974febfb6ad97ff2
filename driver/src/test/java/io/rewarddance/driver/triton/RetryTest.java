package io.rewarddance.driver.triton;

import static io.rewarddance.driver.testing.ScriptedTriton.answer;
import static io.rewarddance.driver.testing.ScriptedTriton.failure;
import static io.rewarddance.driver.triton.Calls.OUTPUT;
import static io.rewarddance.driver.triton.Calls.answer;
import static io.rewarddance.driver.triton.Calls.call;
import static io.rewarddance.driver.triton.Calls.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.rewarddance.driver.testing.HeldCall;
import io.rewarddance.driver.testing.ScriptedTriton;
import io.rewarddance.driver.testing.TritonConfigs;
import io.rewarddance.proto.triton.ModelInferRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
final class RetryTest {
  private static final int RETRIES = 2;

  private final ScriptedTriton server = ScriptedTriton.start().otherwise(answer(OUTPUT));
  private final TritonClient client =
      TritonClient.connect(List.of(server.endpoint()), TritonConfigs.ofRetries(RETRIES), () -> 0);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      UNAVAILABLE        | Exceeds maximum queue size
      UNAVAILABLE        | Request timeout expired
      UNAVAILABLE        | Request for unknown model: 'm' version 2 is not at ready state
      UNAVAILABLE        | io exception
      RESOURCE_EXHAUSTED | too many requests
      INTERNAL           | Encountered end-of-stream mid-frame
      """)
  void whatMayPassIsSentAgain(Status.Code code, String text) {
    server.then(failure(code.toStatus().withDescription(text)));

    assertThat(answer(client.infer(call("a"))).output("out")).isEqualTo(OUTPUT);
    assertThat(server.requests).hasSize(2);
    assertThat(server.requests).as("the same request").containsOnly(server.requests.peek());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      INVALID_ARGUMENT   | inference request batch-size must be <= 8 for 'm'
      NOT_FOUND          | Request for unknown model: 'm' is not found
      UNAVAILABLE        | This protocol is restricted, expecting header 'x'
      UNIMPLEMENTED      | ModelInfer RPC doesn't support models with decoupled transaction policy
      INTERNAL           | the model raised an error
      UNKNOWN            | nobody knows
      PERMISSION_DENIED  | no
      DEADLINE_EXCEEDED  | too slow
      CANCELLED          | by the server
      """)
  void whatWouldFailAgainIsSentOnce(Status.Code code, String text) {
    server.then(failure(code.toStatus().withDescription(text)));

    TritonException failure = failure(client.infer(call("a")));
    assertThat(failure).hasMessageContaining(text).hasMessageContaining(server.endpoint());
    assertThat(failure.endpoint()).isEqualTo(server.endpoint());
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void retriesEndWithTheLastFailure() {
    server.otherwise(failure(Status.UNAVAILABLE.withDescription("Exceeds maximum queue size")));

    assertThat(failure(client.infer(call("a"))).kind()).isEqualTo(ErrorKind.QUEUE_FULL);
    assertThat(server.requests).hasSize(1 + RETRIES);
  }

  @Test
  void aCallCancelledWhileItWaitsForItsRetryIsNotSentAgain() {
    HeldCall held = server.thenHold();
    try (TritonClient patient =
        TritonClient.connect(
            List.of(server.endpoint()), TritonConfigs.ofBounds(1000, 1), () -> 0.999)) {
      CompletableFuture<InferAnswer> call = patient.infer(call("a"));
      held.await();
      held.fail(Status.UNAVAILABLE.withDescription("Exceeds maximum queue size"));
      call.cancel(true);
      answer(patient.infer(call("b")));
      assertThat(server.requests).extracting(ModelInferRequest::getId).containsExactly("a", "b");
    }
  }
}
