package io.rewarddance.driver.failure;

import java.time.Duration;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/**
 * Exponential back-off with full jitter: attempt n waits a random share of {@code first * 2^n},
 * never more than {@code longest}. Full jitter, because many requests fail at the same moment when
 * a server goes away, and they must not come back at the same moment.
 *
 * @param first upper bound of the first wait
 * @param longest upper bound of every wait
 * @param random uniform in [0, 1); injected so that tests have exact waits
 */
public record Backoff(Duration first, Duration longest, DoubleSupplier random) {
  public Backoff {
    Objects.requireNonNull(random, "random");
    if (first.isNegative() || first.isZero()) {
      throw new IllegalArgumentException("first: " + first + " (expected: > 0)");
    }
    if (longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("longest: " + longest + " (expected: >= " + first + ")");
    }
  }

  /**
   * @param attempt 0 for the wait after the first failure
   */
  public Duration wait(int attempt) {
    double doubled = first.toNanos() * Math.pow(2, Math.min(attempt, 40));
    return Duration.ofNanos((long) (Math.min(doubled, longest.toNanos()) * random.getAsDouble()));
  }
}
