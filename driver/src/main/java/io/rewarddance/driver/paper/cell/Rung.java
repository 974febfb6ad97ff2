package io.rewarddance.driver.paper.cell;

import java.util.Locale;

/** A size of judge on the ladder, smallest first. */
public enum Rung {
  XS("1B"),
  S("2B"),
  M("4B"),
  L("8B"),
  XL("26B");

  private final String standsFor;

  Rung(String standsFor) {
    this.standsFor = standsFor;
  }

  /** The name in model directories and cells. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The paper's size that it stands for. */
  public String standsFor() {
    return standsFor;
  }

  /**
   * @throws IllegalArgumentException when no rung is called so
   */
  public static Rung of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
