package io.rewarddance.embedded.trainer.service;

import io.rewarddance.embedded.trainer.step.Progress;
import java.util.concurrent.CompletableFuture;

/** Accepted work: queued, running, or ended with a result or a refusal. */
public abstract class Ticket<R> implements Progress {
  private final CompletableFuture<R> outcome = new CompletableFuture<>();
  private volatile double share;
  private volatile boolean started;
  private volatile boolean cancelled;

  /** Ends with the result, or with a {@link FaultException}. */
  public final CompletableFuture<R> outcome() {
    return outcome;
  }

  /** How far it is, as a message. */
  public abstract Object progress();

  final boolean isOver() {
    return outcome.isDone();
  }

  final void started() {
    started = true;
  }

  final void cancel() {
    cancelled = true;
  }

  /** As messages name it. */
  final String state() {
    return started ? "running" : "queued";
  }

  /** 0 to 1. */
  final double share() {
    return share;
  }

  @Override
  public final void done(double newShare) {
    share = newShare;
  }

  @Override
  public final boolean cancelled() {
    return cancelled;
  }
}
