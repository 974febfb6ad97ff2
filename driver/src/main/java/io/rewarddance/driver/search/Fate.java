package io.rewarddance.driver.search;

/** What became of a candidate. */
public enum Fate {
  /** The answer of the search. */
  CHOSEN,
  /** It went on. */
  KEPT,
  /** Others had a higher P(yes). */
  PRUNED,
  /** It couldn't be drawn or judged, so it has no score. */
  FAILED
}
