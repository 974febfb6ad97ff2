package io.rewarddance.driver.search;

/** A way to come to an image, by the name that people see. */
public record Method(String name, SearchPlan plan) {
  /** One image, as a run draws it. */
  public static Method plain(int steps) {
    return new Method("plain", SearchPlan.bestOf(steps, 1));
  }

  /** As many images as a budget pays for, the best one taken. */
  public static Method bestOf(int steps, int budget) {
    int n = Math.max(1, budget / steps);
    return new Method("best of " + n, SearchPlan.bestOf(steps, n));
  }

  public static Method search(SearchPlan plan) {
    return new Method("search", plan);
  }
}
