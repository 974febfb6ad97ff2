package io.rewarddance.driver.triton;

import io.grpc.Status;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Maps a gRPC status to an {@link ErrorKind}. Triton puts "retry now", "retry elsewhere" and
 * "never" under the one code UNAVAILABLE, so the text decides there; the texts are the server's own
 * and are matched without case.
 */
final class ErrorClassifier {
  private record Text(String part, ErrorKind kind) {}

  private static final List<Text> UNAVAILABLE =
      List.of(
          new Text("not at ready state", ErrorKind.NOT_READY),
          new Text("exceeds maximum queue size", ErrorKind.QUEUE_FULL),
          new Text("request timeout expired", ErrorKind.QUEUE_TIMEOUT),
          new Text("protocol is restricted", ErrorKind.REFUSED),
          new Text("explicit model load / unload is not allowed", ErrorKind.CONTROL_MODE));

  /** The last one: what came back isn't HTTP/2 at all. */
  private static final List<String> BROKEN =
      List.of("rst_stream", "end-of-stream", "half-clos", "http2 exception");

  private ErrorClassifier() {}

  static ErrorKind classify(Status status) {
    String text =
        status.getDescription() == null ? "" : status.getDescription().toLowerCase(Locale.ROOT);
    return switch (status.getCode()) {
      case UNAVAILABLE -> unavailable(text);
      case NOT_FOUND -> ErrorKind.UNKNOWN_MODEL;
      case INVALID_ARGUMENT, OUT_OF_RANGE, FAILED_PRECONDITION ->
          text.contains("load failed") ? ErrorKind.LOAD_FAILED : ErrorKind.BAD_REQUEST;
      case INTERNAL -> internal(text);
      case UNIMPLEMENTED ->
          text.contains("decoupled") ? ErrorKind.DECOUPLED : ErrorKind.UNSUPPORTED;
      case RESOURCE_EXHAUSTED ->
          text.contains("exceeds maximum size") || text.contains("larger than max")
              ? ErrorKind.TOO_LARGE
              : ErrorKind.OVERLOADED;
      case UNAUTHENTICATED, PERMISSION_DENIED -> ErrorKind.REFUSED;
      case DEADLINE_EXCEEDED -> ErrorKind.DEADLINE;
      // What we cancel ourselves never says so: the stream was cut by a server that shuts down.
      case CANCELLED -> text.contains("rst_stream") ? ErrorKind.UNREACHABLE : ErrorKind.CANCELLED;
      case ABORTED -> ErrorKind.OVERLOADED;
      // What a server says has no cause here: a connection that closed under a message has one.
      case UNKNOWN ->
          status.getCause() instanceof IOException ? ErrorKind.UNREACHABLE : ErrorKind.SERVER_ERROR;
      case OK, ALREADY_EXISTS, DATA_LOSS -> ErrorKind.SERVER_ERROR;
    };
  }

  private static ErrorKind unavailable(String text) {
    return UNAVAILABLE.stream()
        .filter(known -> text.contains(known.part()))
        .map(Text::kind)
        .findFirst()
        .orElse(ErrorKind.UNREACHABLE);
  }

  /** A connection that dies inside a message surfaces as INTERNAL; a model's error does too. */
  private static ErrorKind internal(String text) {
    if (text.contains("failed to load")) {
      return ErrorKind.LOAD_FAILED;
    }
    boolean broken = BROKEN.stream().anyMatch(text::contains);
    return broken ? ErrorKind.UNREACHABLE : ErrorKind.SERVER_ERROR;
  }
}
