package io.rewarddance.embedded.trainer.optimizer;

/** Checks of settings. */
final class Require {
  private Require() {}

  static void that(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }
}
