package io.rewarddance.driver.cli;

import io.rewarddance.driver.loop.Phase;

/** What the process tells its caller; the same table is in {@code docs/operations.md}. */
final class ExitCode {
  /** Done as asked. */
  static final int OK = 0;

  /** The run failed, or the program did. */
  static final int FAILED = 1;

  /** Wrong usage, or an experiment file that can't be used. */
  static final int USAGE = 2;

  // 3 is the launcher's: no JDK, or the build failed.

  /** The run stopped before its end and can be resumed. */
  static final int STOPPED = 4;

  /** Ended by Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  static int of(Phase phase) {
    return switch (phase) {
      case FINISHED -> OK;
      case STOPPED -> STOPPED;
      case FAILED, STARTING, RUNNING, PAUSED, STOPPING -> FAILED;
    };
  }
}
