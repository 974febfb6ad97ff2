package io.rewarddance.driver.triton;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How long one endpoint takes to answer for each model: a moving average. It fades while nobody
 * asks, so that an endpoint that was slow once is tried again.
 */
final class AnswerTimes {
  private static final double WEIGHT = 0.3;
  private static final double HALF_LIFE_NS = 10e9;

  private record Average(double nanos, long at) {}

  private final Map<String, Average> averages = new ConcurrentHashMap<>();
  private final LongSupplier clock;

  /**
   * @param clock nanoseconds, as {@link System#nanoTime}
   */
  AnswerTimes(LongSupplier clock) {
    this.clock = clock;
  }

  void add(String model, long nanos) {
    Average first = new Average(nanos, clock.getAsLong());
    averages.merge(
        model,
        first,
        (before, now) ->
            new Average(before.nanos() + WEIGHT * (now.nanos() - before.nanos()), now.at()));
  }

  /** Nanoseconds that the next answer will take; empty when there was none yet. */
  OptionalDouble expected(String model) {
    Average average = averages.get(model);
    if (average == null) {
      return OptionalDouble.empty();
    }
    double halvings = (clock.getAsLong() - average.at()) / HALF_LIFE_NS;
    return OptionalDouble.of(average.nanos() * Math.pow(0.5, halvings));
  }
}
