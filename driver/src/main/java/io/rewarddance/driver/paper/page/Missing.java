package io.rewarddance.driver.paper.page;

/** In the place of a drawing that nothing was measured for. */
final class Missing {
  static final String TEXT = "<p class=\"note\">Nothing measured yet.</p>";

  private Missing() {}
}
