package io.rewarddance.embedded.trainer.judge;

/** A sound file, or a base, that this training can't use. */
public final class BadPreferencesException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BadPreferencesException(String message, Throwable cause) {
    super(message, cause);
  }

  public BadPreferencesException(String message) {
    this(message, null);
  }
}
