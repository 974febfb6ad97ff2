package io.rewarddance.driver.update;

import io.rewarddance.driver.failure.Backoff;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.rollout.FailureKind;
import io.vertx.core.Future;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Makes one call as often as is safe and allowed: again after a broken connection, a timeout or an
 * answer of 5xx, with growing waits; never after an answer that says no. Blocks the calling thread,
 * which must be none of Vert.x's.
 */
final class BackendCall {
  private static final int SERVER_ERROR = 500;

  private final Backoff backoff;
  private final int retries;

  BackendCall(Backoff backoff, int retries) {
    this.backoff = backoff;
    this.retries = retries;
  }

  /**
   * @param what for messages, such as {@code POST /v1/...}
   * @param limit for one attempt
   * @throws StepFailedException when no attempt got an answer below 500
   */
  <B> HttpResponse<B> send(String what, Duration limit, Supplier<Future<HttpResponse<B>>> attempt) {
    for (int failures = 0; ; failures++) {
      StepFailedException failed;
      try {
        HttpResponse<B> response = await(attempt.get(), limit);
        if (response.statusCode() < SERVER_ERROR) {
          return response;
        }
        failed = Refusals.of(what, response);
      } catch (TimeoutException e) {
        String message = what + ": no answer in " + limit.toMillis() / 1e3 + " s";
        failed = new StepFailedException(FailureKind.BACKEND_TIMEOUT, message, e);
      } catch (IOException e) {
        failed = new StepFailedException(FailureKind.BACKEND_ERROR, what + ": " + e, e);
      }
      if (failures >= retries || !failed.isRepeatable()) {
        throw failed;
      }
      sleep(backoff.wait(failures));
    }
  }

  /**
   * @throws IOException when the connection failed
   */
  private static <T> T await(Future<T> future, Duration limit)
      throws TimeoutException, IOException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException timeout) {
        throw timeout;
      }
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void sleep(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for the training backend", e);
  }
}
