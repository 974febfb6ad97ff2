package io.rewarddance.driver.engine;

/** Somebody told the run to stop. */
final class RunStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunStoppedException(String reason) {
    super(reason);
  }
}
