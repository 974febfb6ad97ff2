package io.rewarddance.driver.search;

import java.util.Locale;

/** What follows when a candidate couldn't be drawn or judged. */
public enum OnFailure {
  /** It leaves the search without a score; fewer are kept when too few are left. */
  PRUNE,
  /** The search ends with the failure. */
  STOP;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
