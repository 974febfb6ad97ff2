package io.rewarddance.driver.triton;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.rewarddance.driver.triton.ErrorKind.Retry;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts are those of Triton's sources and of gRPC's own libraries. */
final class ErrorClassifierTest {
  private final Locale locale = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(locale);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
      NOT_FOUND | Request for unknown model: 'x' is not found | UNKNOWN_MODEL | NEVER
      NOT_FOUND | Request for unknown model: 'x' version 3 is not found | UNKNOWN_MODEL | NEVER
      NOT_FOUND | Request for unknown model: 'x' has no available versions | UNKNOWN_MODEL | NEVER
      UNAVAILABLE | Request for unknown model: 'x' version 2 is not at ready state | NOT_READY | ANYWHERE
      UNAVAILABLE | Exceeds maximum queue size | QUEUE_FULL | ANYWHERE
      UNAVAILABLE | Request timeout expired | QUEUE_TIMEOUT | ANYWHERE
      UNAVAILABLE | This protocol is restricted, expecting header 'triton-grpc-protocol-key' | REFUSED | NEVER
      UNAVAILABLE | explicit model load / unload is not allowed if polling is enabled | CONTROL_MODE | NEVER
      UNAVAILABLE | io exception | UNREACHABLE | ELSEWHERE_FIRST
      UNAVAILABLE | HTTP status code 503 | UNREACHABLE | ELSEWHERE_FIRST
      UNAVAILABLE | "" | UNREACHABLE | ELSEWHERE_FIRST
      INTERNAL | Encountered end-of-stream mid-frame | UNREACHABLE | ELSEWHERE_FIRST
      INTERNAL | RST_STREAM closed stream. HTTP/2 error code: INTERNAL_ERROR | UNREACHABLE | ELSEWHERE_FIRST
      INTERNAL | http2 exception: First received frame was not SETTINGS | UNREACHABLE | ELSEWHERE_FIRST
      INTERNAL | failed to load 'x', failed to poll from model repository | LOAD_FAILED | NEVER
      INTERNAL | onnx runtime error 2: not a number | SERVER_ERROR | NEVER
      INVALID_ARGUMENT | load failed for model 'x': version 2 is at UNAVAILABLE state | LOAD_FAILED | NEVER
      INVALID_ARGUMENT | inference request batch-size must be <= 8 for 'm' | BAD_REQUEST | NEVER
      INVALID_ARGUMENT | expected 2 inputs but got 1 inputs for model 'm' | BAD_REQUEST | NEVER
      INVALID_ARGUMENT | requested model 'x' is not available | BAD_REQUEST | NEVER
      UNIMPLEMENTED | ModelInfer RPC doesn't support models with decoupled transaction policy | DECOUPLED | NEVER
      UNIMPLEMENTED | Method not found | UNSUPPORTED | NEVER
      RESOURCE_EXHAUSTED | gRPC message exceeds maximum size 4194304: 5242904 | TOO_LARGE | NEVER
      RESOURCE_EXHAUSTED | Received message larger than max (5242904 vs. 4194304) | TOO_LARGE | NEVER
      RESOURCE_EXHAUSTED | too many requests | OVERLOADED | ANYWHERE
      ABORTED | "" | OVERLOADED | ANYWHERE
      UNAUTHENTICATED | "" | REFUSED | NEVER
      PERMISSION_DENIED | "" | REFUSED | NEVER
      DEADLINE_EXCEEDED | "" | DEADLINE | NEVER
      CANCELLED | "" | CANCELLED | NEVER
      CANCELLED | RST_STREAM closed stream. HTTP/2 error code: CANCEL | UNREACHABLE | ELSEWHERE_FIRST
      UNKNOWN | "" | SERVER_ERROR | NEVER
      DATA_LOSS | "" | SERVER_ERROR | NEVER
      """)
  void aStatusIsClassedByCodeAndText(Status.Code code, String text, ErrorKind kind, Retry retry) {
    assertThat(ErrorClassifier.classify(code.toStatus().withDescription(text))).isEqualTo(kind);
    assertThat(kind.retry()).isEqualTo(retry);
    assertThat(kind.isRetryable()).isEqualTo(retry != Retry.NEVER);
  }

  @Test
  void aStatusWithoutTextIsClassedByItsCode() {
    assertThat(ErrorClassifier.classify(Status.UNAVAILABLE)).isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(ErrorClassifier.classify(Status.INTERNAL)).isEqualTo(ErrorKind.SERVER_ERROR);
  }

  /** gRPC's words for a message that was being written when the server was killed. */
  @Test
  void aConnectionThatClosesUnderAMessageIsBroken() {
    Status closed = Status.UNKNOWN.withDescription("channel closed");
    assertThat(ErrorClassifier.classify(closed.withCause(new ClosedChannelException())))
        .isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(ErrorClassifier.classify(closed))
        .as("said by a server")
        .isEqualTo(ErrorKind.SERVER_ERROR);
  }

  @Test
  void textsAreReadTheSameInTurkey() {
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    Status shouted = Status.UNAVAILABLE.withDescription("EXCEEDS MAXIMUM QUEUE SIZE");
    assertThat(ErrorClassifier.classify(shouted)).isEqualTo(ErrorKind.QUEUE_FULL);
  }
}
