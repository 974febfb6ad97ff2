package io.rewarddance.driver.judges;

/** A job that didn't come to its end; the message says why, to people. */
public final class JobException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why it ended. */
  public enum Cause {
    /** It was asked to; started again it goes on. */
    STOPPED,
    /** Settings or files can't be used. */
    REFUSED,
    /** A server, a disk or a proof failed; started again it goes on from where it was. */
    FAILED
  }

  private final Cause kind;

  private JobException(Cause kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public static JobException stop() {
    return new JobException(Cause.STOPPED, "stopped; the same command goes on", null);
  }

  public static JobException refused(String message) {
    return new JobException(Cause.REFUSED, message, null);
  }

  public static JobException refused(Exception cause) {
    return new JobException(Cause.REFUSED, cause.getMessage(), cause);
  }

  public static JobException failed(String message) {
    return new JobException(Cause.FAILED, message, null);
  }

  public static JobException failed(Exception cause) {
    return new JobException(Cause.FAILED, cause.getMessage(), cause);
  }

  public Cause kind() {
    return kind;
  }

  /** Whether it was asked to end. */
  public boolean stopped() {
    return kind == Cause.STOPPED;
  }
}
