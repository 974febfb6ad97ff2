package io.rewarddance.driver.loop;

/** A run can't start, go on or be read; the message is for people and names what to do. */
public final class RunException extends Exception {
  private static final long serialVersionUID = 1;

  public RunException(String message) {
    super(message);
  }

  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
