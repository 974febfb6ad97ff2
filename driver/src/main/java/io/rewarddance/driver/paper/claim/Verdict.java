package io.rewarddance.driver.paper.claim;

/** What a rule says of a claim. */
public enum Verdict {
  REPRODUCED("reproduced"),
  NOT_REPRODUCED("not reproduced"),
  /** Too few seeds, or an interval that holds both answers. */
  UNDECIDED("undecided at this budget"),
  /** Nothing here could show it. */
  OUT_OF_REACH("out of reach");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
