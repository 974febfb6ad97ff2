package io.rewarddance.rollout;

import java.util.Optional;

/**
 * A failed step as a value.
 *
 * @param kind its class
 * @param message what was asked, what came, what was expected
 * @param judge name of the judge that failed, where it was one that rewards
 */
public record Failure(FailureKind kind, String message, Optional<String> judge) {
  public Failure {
    Check.present(kind, "kind");
    Check.present(message, "message");
    Check.present(judge, "judge");
  }

  /** A failure of anything but a judge. */
  public Failure(FailureKind kind, String message) {
    this(kind, message, Optional.empty());
  }

  /** The same as that judge's. */
  public Failure by(String name) {
    return new Failure(kind, message, Optional.of(name));
  }

  /** {@code JUDGE_TIMEOUT: no answer in 60 s}, after the kind {@code of judge 'style'}. */
  @Override
  public String toString() {
    return kind + judge.map(name -> " of judge '" + name + "'").orElse("") + ": " + message;
  }
}
