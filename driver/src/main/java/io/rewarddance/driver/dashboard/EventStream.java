package io.rewarddance.driver.dashboard;

import io.rewarddance.driver.feed.RunFeed;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.RunControl;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * One browser that follows. Everything happens on its event loop; a full write queue stops the
 * sending until it has drained.
 */
final class EventStream {
  private static final long STATE_MILLIS = 1000;

  private final Context context;
  private final HttpServerResponse response;
  private final RunFeed feed;
  private final RunControl control;
  private int nextIteration;
  private int nextEvaluation;
  private boolean planSent;
  private boolean over;

  EventStream(Context context, HttpServerResponse response, RunFeed feed, RunControl control) {
    this.context = context;
    this.response = response;
    this.feed = feed;
    this.control = control;
  }

  void start() {
    Runnable unfollow = feed.follow(() -> context.runOnContext(ignored -> send()));
    long timer =
        context
            .owner()
            .setPeriodic(STATE_MILLIS, ignored -> event("state", EventJson.state(feed, control)));
    response.drainHandler(ignored -> send());
    response.closeHandler(
        ignored -> {
          over = true;
          unfollow.run();
          context.owner().cancelTimer(timer);
        });
    send();
    event("state", EventJson.state(feed, control));
  }

  private void send() {
    if (!planSent && feed.plan().isPresent()) {
      planSent = true;
      event("plan", EventJson.plan(feed.plan().get()));
    }
    while (!over && !response.writeQueueFull()) {
      Optional<IterationRecord> record = feed.iteration(nextIteration);
      if (record.isEmpty()) {
        break;
      }
      nextIteration++;
      event("iteration", EventJson.iteration(record.get()));
    }
    var evaluations = feed.evaluations();
    while (nextEvaluation < evaluations.size()) {
      event("evaluation", EventJson.evaluation(evaluations.get(nextEvaluation++)));
    }
  }

  private void event(String name, String json) {
    if (!over && !response.ended()) {
      response.write("event: " + name + "\ndata: " + json + "\n\n");
    }
  }
}
