package io.rewarddance.driver.console;

/** A progress bar of full and empty blocks. */
final class Bar {
  private Bar() {}

  /**
   * @param share 0 to 1, clamped
   * @param width characters
   */
  static String of(double share, int width) {
    int full = (int) Math.round(Math.max(0, Math.min(1, share)) * width);
    return "█".repeat(full) + "░".repeat(width - full);
  }
}
