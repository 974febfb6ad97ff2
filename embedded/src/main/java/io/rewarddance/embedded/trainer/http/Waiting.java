package io.rewarddance.embedded.trainer.http;

import io.rewarddance.embedded.trainer.service.Fault;
import io.rewarddance.embedded.trainer.service.FaultException;
import io.rewarddance.embedded.trainer.service.Ticket;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionException;

/**
 * Answers with an update's result if it ends within the time that the client is willing to wait
 * (query {@code wait}, seconds), else with its progress.
 */
final class Waiting {
  private static final int DEFAULT_SECONDS = 20;
  private static final int LONGEST_SECONDS = 60;
  private static final long MILLIS = 1000;

  private final Vertx vertx;

  Waiting(Vertx vertx) {
    this.vertx = vertx;
  }

  void answer(RoutingContext context, Ticket<?> job) {
    int seconds = seconds(context);
    if (seconds == 0 && !job.outcome().isDone()) {
      Replies.json(context, 202, job.progress());
      return;
    }
    long timer =
        vertx.setTimer(
            Math.max(1, seconds * MILLIS), late -> Replies.json(context, 202, job.progress()));
    Context here = vertx.getOrCreateContext();
    job.outcome()
        .whenComplete(
            (result, failure) ->
                here.runOnContext(
                    now -> {
                      vertx.cancelTimer(timer);
                      if (failure == null) {
                        Replies.json(context, 200, result);
                      } else if (!context.response().ended()) {
                        Replies.error(context, cause(failure));
                      }
                    }));
  }

  static int seconds(RoutingContext context) {
    String wait = context.request().getParam("wait", String.valueOf(DEFAULT_SECONDS));
    if (!wait.matches("\\d{1,3}") || Integer.parseInt(wait) > LONGEST_SECONDS) {
      throw new FaultException(
          Fault.BAD_REQUEST, "wait: " + wait + " (expected: 0 to " + LONGEST_SECONDS + ")");
    }
    return Integer.parseInt(wait);
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }
}
