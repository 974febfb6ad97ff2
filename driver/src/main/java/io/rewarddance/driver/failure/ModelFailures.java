package io.rewarddance.driver.failure;

import io.rewarddance.driver.triton.ErrorKind;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.tensor.TensorException;
import io.rewarddance.rollout.Failure;
import io.rewarddance.rollout.FailureKind;
import java.util.concurrent.CompletionException;

/** Maps what a call to a model throws to the failure kinds of the model's role. */
public enum ModelFailures {
  GENERATOR(
      FailureKind.GENERATOR_TIMEOUT,
      FailureKind.GENERATOR_UNAVAILABLE,
      FailureKind.GENERATOR_BAD_SHAPE,
      FailureKind.GENERATOR_ERROR),
  JUDGE(
      FailureKind.JUDGE_TIMEOUT,
      FailureKind.JUDGE_UNAVAILABLE,
      FailureKind.JUDGE_BAD_SHAPE,
      FailureKind.JUDGE_ERROR);

  private final FailureKind timeout;
  private final FailureKind unavailable;
  private final FailureKind badShape;
  private final FailureKind error;

  ModelFailures(
      FailureKind timeout, FailureKind unavailable, FailureKind badShape, FailureKind error) {
    this.timeout = timeout;
    this.unavailable = unavailable;
    this.badShape = badShape;
    this.error = error;
  }

  /**
   * @param thrown by a future of the client
   * @throws RuntimeException {@code thrown} itself when it isn't a failed call but a bug
   */
  public Failure of(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof TritonException error) {
      FailureKind kind =
          isWrongPolicy(error) ? FailureKind.GENERATOR_WRONG_POLICY : kind(error.kind());
      return new Failure(kind, error.getMessage());
    }
    if (cause instanceof TensorException) {
      return new Failure(badShape, cause.getMessage());
    }
    throw thrown instanceof RuntimeException bug ? bug : new IllegalStateException(thrown);
  }

  /** Of a request that can't be made, such as one of images that differ in size. */
  public Failure unaskable(IllegalArgumentException problem) {
    return new Failure(error, problem.getMessage());
  }

  /** A generator refuses a version that isn't live with an error that names the input. */
  private boolean isWrongPolicy(TritonException error) {
    return this == GENERATOR
        && !error.kind().isRetryable()
        && error.getMessage().contains("policy_version");
  }

  private FailureKind kind(ErrorKind kind) {
    return switch (kind) {
      case DEADLINE, QUEUE_TIMEOUT -> timeout;
      case NOT_READY, QUEUE_FULL, OVERLOADED, UNREACHABLE, CANCELLED -> unavailable;
      case BAD_ANSWER -> badShape;
      case UNKNOWN_MODEL,
          BAD_REQUEST,
          TOO_LARGE,
          DECOUPLED,
          UNSUPPORTED,
          REFUSED,
          CONTROL_MODE,
          LOAD_FAILED,
          SERVER_ERROR ->
          error;
    };
  }
}
