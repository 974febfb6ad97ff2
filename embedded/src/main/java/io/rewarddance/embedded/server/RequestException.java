package io.rewarddance.embedded.server;

import io.grpc.Status;

/** A request that is refused or failed: the gRPC code and the text its client sees. */
public final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Longer descriptions overflow the 8 KiB of metadata that many clients accept. */
  private static final int MAX_TEXT_LENGTH = 4096;

  private final Status.Code code;

  public RequestException(Status.Code code, String text) {
    super(shortened(text), null, false, false);
    this.code = code;
  }

  private static String shortened(String text) {
    return text.length() <= MAX_TEXT_LENGTH ? text : text.substring(0, MAX_TEXT_LENGTH) + "...";
  }

  public Status.Code code() {
    return code;
  }

  public Status toStatus() {
    return code.toStatus().withDescription(getMessage());
  }

  public static RequestException invalid(String text) {
    return new RequestException(Status.Code.INVALID_ARGUMENT, text);
  }

  public static RequestException notFound(String text) {
    return new RequestException(Status.Code.NOT_FOUND, text);
  }

  public static RequestException unavailable(String text) {
    return new RequestException(Status.Code.UNAVAILABLE, text);
  }

  public static RequestException unimplemented(String text) {
    return new RequestException(Status.Code.UNIMPLEMENTED, text);
  }

  public static RequestException internal(String text) {
    return new RequestException(Status.Code.INTERNAL, text);
  }
}
