package io.rewarddance.driver.triton;

import java.util.Objects;

/** A call to a Triton server that did not give an answer. */
public final class TritonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final String endpoint;

  /**
   * @param endpoint {@code host:port} that was asked
   * @param message the server's own text, or ours where the server never answered
   */
  public TritonException(ErrorKind kind, String endpoint, String message, Throwable cause) {
    super(kind + " at " + endpoint + ": " + message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
  }

  public TritonException(ErrorKind kind, String endpoint, String message) {
    this(kind, endpoint, message, null);
  }

  public ErrorKind kind() {
    return kind;
  }

  public String endpoint() {
    return endpoint;
  }
}
