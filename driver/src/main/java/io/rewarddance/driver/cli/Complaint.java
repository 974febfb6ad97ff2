package io.rewarddance.driver.cli;

/** Something that people have to mend; the message is all that is shown. */
final class Complaint extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  Complaint(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  static Complaint usage(String message) {
    return new Complaint(ExitCode.USAGE, message, null);
  }

  static Complaint usage(Exception cause) {
    return new Complaint(ExitCode.USAGE, cause.getMessage(), cause);
  }

  int exitCode() {
    return exitCode;
  }
}
