package io.rewarddance.driver.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;

/** Waits for what happens on another thread and leaves no latch to wait for. */
public final class Await {
  private static final long LONGEST_NANOS = 20_000_000_000L;

  private Await() {}

  /**
   * Asks again until it is so.
   *
   * @throws AssertionError when it isn't so after 20 s
   */
  public static void until(String what, Callable<Boolean> condition) {
    long end = System.nanoTime() + LONGEST_NANOS;
    try {
      while (!condition.call()) {
        assertThat(System.nanoTime() - end).as("20 s of waiting until %s", what).isNegative();
        Thread.onSpinWait();
      }
    } catch (Exception e) {
      throw new AssertionError(what, e);
    }
  }
}
