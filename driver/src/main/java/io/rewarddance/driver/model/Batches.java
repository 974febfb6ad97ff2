package io.rewarddance.driver.model;

import io.rewarddance.driver.failure.ModelFailures;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.rollout.Failure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks about many items in requests of a bounded size, and gives each item its own outcome. */
public final class Batches {
  /** One request about one batch; the result has one outcome for each item, in order. */
  @FunctionalInterface
  public interface Request<I, O> {
    /**
     * @throws IllegalArgumentException when these items don't fit into one request
     */
    CompletableFuture<List<Outcome<O>>> send(String id, List<I> batch);
  }

  private Batches() {}

  /**
   * Sends all batches at once (the client bounds what is really under way). The future fails only
   * by a bug: a failed call is the outcome of each of its items.
   */
  public static <I, O> CompletableFuture<List<Outcome<O>>> ask(
      String id, List<I> items, int maxBatch, ModelFailures role, Request<I, O> request) {
    List<CompletableFuture<List<Outcome<O>>>> parts = new ArrayList<>();
    for (int start = 0; start < items.size(); start += maxBatch) {
      List<I> batch = items.subList(start, Math.min(start + maxBatch, items.size()));
      String batchId = items.size() <= maxBatch ? id : id + "/from=" + start;
      parts.add(send(batchId, batch, role, request));
    }
    return joined(parts);
  }

  private static <I, O> CompletableFuture<List<Outcome<O>>> send(
      String id, List<I> batch, ModelFailures role, Request<I, O> request) {
    try {
      return request
          .send(id, batch)
          .handle(
              (outcomes, thrown) ->
                  thrown == null ? outcomes : allFailed(batch.size(), role.of(thrown)));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(allFailed(batch.size(), role.unaskable(e)));
    }
  }

  private static <O> List<Outcome<O>> allFailed(int count, Failure failure) {
    return Collections.nCopies(count, Outcome.failed(failure));
  }

  private static <O> CompletableFuture<List<Outcome<O>>> joined(
      List<CompletableFuture<List<Outcome<O>>>> parts) {
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> parts.stream().map(CompletableFuture::join).flatMap(List::stream).toList());
  }
}
