package io.rewarddance.rollout;

/**
 * A failed step as a value.
 *
 * @param kind its class
 * @param message what was asked, what came, what was expected
 */
public record Failure(FailureKind kind, String message) {
  public Failure {
    Check.present(kind, "kind");
    Check.present(message, "message");
  }

  /** {@code JUDGE_TIMEOUT: no answer in 60 s}. */
  @Override
  public String toString() {
    return kind + ": " + message;
  }
}
