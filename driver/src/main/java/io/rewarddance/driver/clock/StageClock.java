package io.rewarddance.driver.clock;

import io.rewarddance.driver.loop.StageNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shares out wall time among stages that overlap. At every moment the time belongs to the first
 * stage of {@link #ORDER} that has work under way, and to the driver itself when none has; so the
 * parts add up to the whole, and what is the driver's is time in which neither a model nor the
 * trainer nor the disk was waited for.
 */
public final class StageClock {
  private static final List<String> ORDER =
      List.of(
          StageNames.PAUSED,
          StageNames.EVALUATE,
          StageNames.GENERATE,
          StageNames.JUDGE,
          StageNames.UPDATE,
          StageNames.PUBLISH,
          StageNames.STORE,
          StageNames.START);

  private final LongSupplier nanoTime;
  private final Map<String, Integer> underWay = new HashMap<>();
  private final Map<String, Long> nanos = new HashMap<>();
  private long since;

  public StageClock() {
    this(System::nanoTime);
  }

  StageClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
  }

  /** Counts the time until the future is done for the stage. */
  public <T> CompletableFuture<T> during(String stage, CompletableFuture<T> future) {
    change(stage, 1);
    future.whenComplete((result, failure) -> change(stage, -1));
    return future;
  }

  /** Counts the time of the call for the stage. */
  public <T> T during(String stage, Supplier<T> call) {
    change(stage, 1);
    try {
      return call.get();
    } finally {
      change(stage, -1);
    }
  }

  /** Seconds by stage since the last lap, with the total and the driver's share. */
  public synchronized SortedMap<String, Double> lap() {
    settle();
    SortedMap<String, Double> seconds = new TreeMap<>();
    long total = 0;
    for (Map.Entry<String, Long> entry : nanos.entrySet()) {
      seconds.put(entry.getKey(), entry.getValue() / 1e9);
      total += entry.getValue();
    }
    seconds.put(StageNames.TOTAL, total / 1e9);
    nanos.clear();
    return seconds;
  }

  private synchronized void change(String stage, int by) {
    if (!ORDER.contains(stage)) {
      throw new IllegalArgumentException("stage: " + stage + " (expected: one of " + ORDER + ")");
    }
    settle();
    underWay.merge(stage, by, Integer::sum);
  }

  private void settle() {
    long now = nanoTime.getAsLong();
    nanos.merge(current(), now - since, Long::sum);
    since = now;
  }

  private String current() {
    return ORDER.stream()
        .filter(stage -> underWay.getOrDefault(stage, 0) > 0)
        .findFirst()
        .orElse(StageNames.DRIVER);
  }
}
