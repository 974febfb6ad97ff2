package io.rewarddance.driver.config;

import java.time.Duration;

/** Argument checks of this package: name, value and what was expected. */
final class Check {
  private Check() {}

  static void that(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }

  static void atLeast(String name, long value, long least) {
    that(value >= least, name, value, ">= " + least);
  }

  static void within(String name, double value, double low, double high) {
    that(value >= low && value <= high, name, value, low + " to " + high);
  }

  static void positive(String name, double value) {
    that(value > 0 && Double.isFinite(value), name, value, "a finite number > 0");
  }

  static void notNegative(String name, double value) {
    that(value >= 0 && Double.isFinite(value), name, value, "a finite number >= 0");
  }

  static void positive(String name, Duration value) {
    that(!value.isNegative() && !value.isZero(), name, value, "a duration > 0");
  }

  static void notBlank(String name, String value) {
    that(!value.isBlank(), name, "'" + value + "'", "a text that is not empty");
  }
}
