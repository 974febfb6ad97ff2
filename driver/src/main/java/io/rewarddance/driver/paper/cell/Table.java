package io.rewarddance.driver.paper.cell;

import java.util.Locale;

/** Tables and figures of the report; a cell may be part of several. */
public enum Table {
  LADDER("Judge size: table 2, figures 5 and 6"),
  PARADIGMS("Kinds of judges: table 7"),
  REFERENCES("Choice of references: table 8"),
  REASONS("Reasons in training: table 9"),
  ALGORITHMS("GRPO, ReFL and NFT at equal wall time"),
  HACKING("A weak judge driven too long");

  private final String title;

  Table(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** The name in cells. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
