package io.rewarddance.driver.config;

/**
 * One thing that is wrong with an experiment file.
 *
 * @param origin where it was written
 * @param path key path such as {@code judges[0].weight}, empty for the whole document
 * @param message value and what was expected
 */
record Problem(Origin origin, String path, String message) {
  @Override
  public String toString() {
    return origin + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
