package io.rewarddance.driver.update;

import java.time.Duration;

/**
 * A point in time that a job of several calls and waits must not pass.
 *
 * @param total how long the job may take
 * @param endNanos when it must be done, on {@link System#nanoTime()}'s clock
 */
record Deadline(Duration total, long endNanos) {
  static Deadline in(Duration total) {
    return new Deadline(total, System.nanoTime() + total.toNanos());
  }

  /** Zero or less when it has passed. */
  Duration left() {
    return Duration.ofNanos(endNanos - System.nanoTime());
  }

  boolean hasPassed() {
    return left().toMillis() < 1;
  }

  /** The shorter of what is left and {@code limit}. */
  Duration atMost(Duration limit) {
    Duration left = left();
    return left.compareTo(limit) < 0 ? left : limit;
  }
}
