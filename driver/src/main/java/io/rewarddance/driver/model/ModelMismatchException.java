package io.rewarddance.driver.model;

/** A served model that can't play the part it was given. */
public final class ModelMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelMismatchException(String message) {
    super(message);
  }
}
