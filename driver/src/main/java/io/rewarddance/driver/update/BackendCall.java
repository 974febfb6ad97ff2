package io.rewarddance.driver.update;

import io.rewarddance.driver.failure.Backoff;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.rollout.FailureKind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes one call as often as is safe and allowed: again after a broken connection, a timeout or an
 * answer of 5xx, with growing waits; never after an answer that says no. Blocks the calling thread,
 * which must be none of Vert.x's.
 */
final class BackendCall {
  private static final int SERVER_ERROR = 500;

  /** One way to send a request, again and again. */
  @FunctionalInterface
  interface Attempt<B> {
    /**
     * @param limit time after which nobody waits for the answer any more
     * @throws UncheckedIOException when the request can't be made now
     */
    Future<HttpResponse<B>> send(Duration limit);

    /** What the body of a refusal says. */
    default String text(HttpResponse<B> response) {
      Buffer body = response.bodyAsBuffer();
      return body == null ? "" : body.toString();
    }
  }

  private final Backoff backoff;
  private final int retries;

  BackendCall(Backoff backoff, int retries) {
    this.backoff = backoff;
    this.retries = retries;
  }

  /**
   * @param what for messages, such as {@code POST /v1/...}
   * @param limit for one attempt
   * @param deadline for all attempts and the waits between them
   * @throws StepFailedException when no attempt got an answer below 500
   */
  <B> HttpResponse<B> send(String what, Duration limit, Deadline deadline, Attempt<B> attempt) {
    for (int failures = 0; ; failures++) {
      StepFailedException failed;
      Duration time = deadline.atMost(limit);
      try {
        HttpResponse<B> response = await(attempt, time);
        if (response.statusCode() < SERVER_ERROR) {
          return response;
        }
        failed = Refusals.of(what, response.statusCode(), attempt.text(response));
      } catch (TimeoutException e) {
        failed = timeout(what, time, deadline, e);
      } catch (IOException | UncheckedIOException e) {
        String message = what + ": " + reason(e);
        failed = new StepFailedException(FailureKind.BACKEND_ERROR, message, e);
      }
      Duration wait = backoff.wait(failures);
      boolean again = failures < retries && failed.isRepeatable();
      if (!again || deadline.left().compareTo(wait) <= 0 || deadline.hasPassed()) {
        throw failed;
      }
      sleep(wait);
    }
  }

  /** Of a handshake that fails the message says only that; its first cause says why. */
  private static String reason(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = String.valueOf(failure.getMessage());
    return root.getMessage() == null || text.contains(root.getMessage())
        ? text
        : text + ": " + root.getMessage();
  }

  /** The wait after so many failures of another kind than {@link #send} knows. */
  void pause(int failures) {
    sleep(backoff.wait(failures));
  }

  private static StepFailedException timeout(
      String what, Duration time, Deadline deadline, TimeoutException cause) {
    String message =
        deadline.hasPassed()
            ? what + ": not done in " + seconds(deadline.total())
            : what + ": no answer in " + seconds(time);
    return new StepFailedException(FailureKind.BACKEND_TIMEOUT, message, cause);
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1e3 + " s";
  }

  /**
   * @throws IOException when the connection failed
   */
  private static <B> HttpResponse<B> await(Attempt<B> attempt, Duration limit)
      throws TimeoutException, IOException {
    long millis = limit.toMillis();
    if (millis < 1) {
      throw new TimeoutException();
    }
    try {
      return attempt
          .send(limit)
          .toCompletionStage()
          .toCompletableFuture()
          .get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof TimeoutException timeout) {
        throw timeout;
      }
      throw cause instanceof IOException io ? io : new IOException(cause.toString(), cause);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  static void sleep(Duration wait) {
    try {
      Thread.sleep(Math.max(0, wait.toMillis()));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for the training backend", e);
  }
}
