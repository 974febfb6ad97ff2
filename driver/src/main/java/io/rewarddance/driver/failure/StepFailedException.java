package io.rewarddance.driver.failure;

import io.rewarddance.rollout.Failure;
import io.rewarddance.rollout.FailureKind;

/** A step of the loop that could not do its work; the run's policies say what follows. */
public final class StepFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;
  private final boolean repeatable;

  private StepFailedException(Failure failure, boolean repeatable, Throwable cause) {
    super(failure.toString(), cause);
    this.failure = failure;
    this.repeatable = repeatable;
  }

  public StepFailedException(Failure failure) {
    this(failure, true, null);
  }

  public StepFailedException(FailureKind kind, String message, Throwable cause) {
    this(new Failure(kind, message), true, cause);
  }

  public StepFailedException(FailureKind kind, String message) {
    this(kind, message, null);
  }

  /** A failure that repeating the step can't mend, whatever the policy: it ends the run. */
  public static StepFailedException lasting(FailureKind kind, String message, Throwable cause) {
    return new StepFailedException(new Failure(kind, message), false, cause);
  }

  public Failure failure() {
    return failure;
  }

  /** Whether doing the same again may end otherwise. */
  public boolean isRepeatable() {
    return repeatable;
  }
}
