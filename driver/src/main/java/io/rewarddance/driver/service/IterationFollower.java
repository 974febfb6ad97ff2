package io.rewarddance.driver.service;

import io.grpc.stub.ServerCallStreamObserver;
import io.rewarddance.driver.feed.RunFeed;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.proto.driver.IterationEvent;
import java.util.Optional;

/**
 * One client that follows: sends what its connection can take, then waits to be woken by the
 * connection or by the feed.
 */
final class IterationFollower {
  private final RunFeed feed;
  private final ServerCallStreamObserver<IterationEvent> client;
  private int next;
  private boolean finished;
  private Runnable unfollow = () -> {};

  IterationFollower(RunFeed feed, ServerCallStreamObserver<IterationEvent> client, int from) {
    this.feed = feed;
    this.client = client;
    this.next = from;
  }

  void start() {
    client.setOnReadyHandler(this::send);
    client.setOnCancelHandler(this::leave);
    client.setOnCloseHandler(this::leave);
    unfollow = feed.follow(this::send);
    send();
  }

  private synchronized void send() {
    while (!finished && client.isReady() && !client.isCancelled()) {
      // The end is asked for first: whatever is in the list then is all there will be.
      boolean ended = feed.summary().isPresent();
      Optional<IterationRecord> record = feed.iteration(next);
      if (record.isPresent()) {
        String run = feed.plan().map(plan -> plan.run()).orElse("");
        client.onNext(Messages.event(run, record.get()));
        next++;
      } else {
        if (ended) {
          finished = true;
          client.onCompleted();
        }
        return;
      }
    }
  }

  private void leave() {
    unfollow.run();
  }
}
