package io.rewarddance.embedded.trainer.step;

/** A number that training would have used or made is not finite; the policy is unchanged. */
public final class NonFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NonFiniteException(String message) {
    super(message);
  }
}
