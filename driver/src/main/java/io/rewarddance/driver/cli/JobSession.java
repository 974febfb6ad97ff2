package io.rewarddance.driver.cli;

import io.rewarddance.driver.console.JobConsole;
import io.rewarddance.driver.console.Screen;
import io.rewarddance.driver.judges.JobControl;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.JobListener;

/** A job in front of people: shows it and lets Ctrl-C end it. */
final class JobSession {
  /** What is done. */
  @FunctionalInterface
  interface Job<T> {
    T run(JobListener listener, JobControl control) throws JobException;
  }

  private final Screen screen;

  JobSession(boolean plain) {
    this.screen = Screen.standard(plain);
  }

  /**
   * @return what the job gives
   * @throws Complaint when it doesn't come to its end
   */
  <T> T execute(Job<T> job) throws Complaint {
    JobControl control = new JobControl();
    try (Interrupts interrupts = Interrupts.handledBy(signal -> interrupted(control, signal))) {
      try {
        return job.run(new JobConsole(screen), control);
      } catch (JobException e) {
        int code =
            switch (e.kind()) {
              case STOPPED -> interrupts.exitCode().orElse(ExitCode.STOPPED);
              case REFUSED -> ExitCode.USAGE;
              case FAILED -> ExitCode.FAILED;
            };
        throw new Complaint(code, e.getMessage(), e);
      }
    }
  }

  void print(String line) {
    screen.print(line);
  }

  private void interrupted(JobControl control, String signal) {
    String name = signal.equals("INT") ? "Ctrl-C" : "SIG" + signal;
    screen.print(name + ": ending at the next safe place; once more ends at once");
    control.stop();
  }
}
