package io.rewarddance.driver.console;

import io.rewarddance.driver.format.Text;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Guesses when a run ends from its last iterations; a time limit caps the guess. */
final class TimeLeft {
  private static final int WINDOW = 10;

  private final Deque<Double> recent = new ArrayDeque<>();
  private final Optional<Duration> limit;

  TimeLeft(Optional<Duration> limit) {
    this.limit = limit;
  }

  void iteration(double seconds) {
    recent.addLast(seconds);
    if (recent.size() > WINDOW) {
      recent.removeFirst();
    }
  }

  /** {@code -} until the first iteration is done. */
  String text(int iterationsLeft, Duration elapsed) {
    if (recent.isEmpty()) {
      return "-";
    }
    double each = recent.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double left = each * iterationsLeft;
    if (limit.isPresent()) {
      left = Math.min(left, Math.max(0, limit.get().minus(elapsed).toMillis() / 1000.0));
    }
    return Text.clock(left);
  }
}
