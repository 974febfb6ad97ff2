package io.rewarddance.driver.paper.cell;

/** Rows of table 8. The best two of two are any two: references at random. */
public enum ReferenceChoice {
  BEST_OF_16("best-2-of-16", "best_of_n", 16, 5),
  BEST_OF_6("best-2-of-6", "best_of_n", 6, 0),
  BEST_OF_2("best-2-of-2", "best_of_n", 2, 0),
  BOTTOM_OF_16("worst-2-of-16", "bottom_of_n", 16, 5);

  /** References kept for each prompt. */
  public static final int KEPT = 2;

  private final String label;
  private final String kind;
  private final int candidates;
  private final int rounds;

  ReferenceChoice(String label, String kind, int candidates, int rounds) {
    this.label = label;
    this.kind = kind;
    this.candidates = candidates;
    this.rounds = rounds;
  }

  public String label() {
    return label;
  }

  /** Images drawn for each prompt to choose from. */
  public int candidates() {
    return candidates;
  }

  /** Questions to the judge for each prompt. */
  int questions() {
    boolean compared = candidates > KEPT;
    return !compared ? 0 : rounds > 0 ? rounds * candidates : candidates * (candidates - 1);
  }

  /** The reference block of a judge, as YAML. */
  String yaml() {
    String tournament = rounds > 0 ? ", rounds: " + rounds : "";
    return "{kind: %s, candidates: %d, keep: %d%s}".formatted(kind, candidates, KEPT, tournament);
  }
}
