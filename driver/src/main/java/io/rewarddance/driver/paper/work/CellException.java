package io.rewarddance.driver.paper.work;

/** A cell came to no result. The message is for people. */
public final class CellException extends Exception {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** Its settings or files can't be used. */
    SETTINGS,
    /** The work failed. */
    FAILED,
    /** It was asked to stop and can go on. */
    STOPPED,
    /** A cell that it needs has no result. */
    NEEDS
  }

  private final Reason reason;

  public CellException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public CellException(Reason reason, String message) {
    this(reason, message, null);
  }

  public Reason reason() {
    return reason;
  }
}
