package io.rewarddance.embedded.trainer.update;

/** A sound file whose content this backend can't train on. */
public final class BadRolloutsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BadRolloutsException(String message, Throwable cause) {
    super(message, cause);
  }

  public BadRolloutsException(String message) {
    this(message, null);
  }
}
