package io.rewarddance.driver.update;

import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.proto.training.TrainingError;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.rollout.FailureKind;

/** Answers that say no, as failures. */
final class Refusals {
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int SERVER_ERROR = 500;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int MOST_TEXT = 500;

  private Refusals() {}

  /**
   * @param body what the answer said
   */
  static StepFailedException of(String what, int status, String body) {
    String message = what + ": " + status + " " + text(body);
    return switch (status) {
      case CONFLICT -> StepFailedException.lasting(FailureKind.BACKEND_CONFLICT, message, null);
      case UNPROCESSABLE ->
          StepFailedException.lasting(FailureKind.BACKEND_NOT_FINITE, message, null);
      case NOT_IMPLEMENTED -> StepFailedException.lasting(FailureKind.BACKEND_ERROR, message, null);
      default ->
          status >= SERVER_ERROR
              ? new StepFailedException(FailureKind.BACKEND_ERROR, message)
              : StepFailedException.lasting(FailureKind.BACKEND_ERROR, message, null);
    };
  }

  /** The backend's own words where it speaks the contract, else the start of what it said. */
  private static String text(String body) {
    try {
      TrainingError error = TrainingJson.read(body, TrainingError.class);
      if (error.error() != null && error.message() != null) {
        return error.error() + ": " + error.message();
      }
    } catch (IllegalArgumentException e) {
      // Some proxy's page, perhaps.
    }
    return start(body);
  }

  /** As much of a text as belongs into a message. */
  static String start(String text) {
    return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "...";
  }
}
