package io.rewarddance.driver.update;

import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.proto.training.TrainingError;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.rollout.FailureKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;

/** Answers that say no, as failures. */
final class Refusals {
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int SERVER_ERROR = 500;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int MOST_TEXT = 500;

  private Refusals() {}

  static StepFailedException of(String what, HttpResponse<?> response) {
    int status = response.statusCode();
    String message = what + ": " + status + " " + text(response);
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
  private static String text(HttpResponse<?> response) {
    Buffer body = response.bodyAsBuffer();
    String text = body == null ? "" : body.toString();
    try {
      TrainingError error = TrainingJson.read(text, TrainingError.class);
      return error.error() + ": " + error.message();
    } catch (IllegalArgumentException e) {
      return text.substring(0, Math.min(text.length(), MOST_TEXT));
    }
  }
}
