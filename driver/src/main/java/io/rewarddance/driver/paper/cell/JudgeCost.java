package io.rewarddance.driver.paper.cell;

/** What judges of other sizes cost against the middle one, measured on the reference machine. */
final class JudgeCost {
  private JudgeCost() {}

  /** A pair in an optimizer step, pointwise. */
  static double training(Rung rung) {
    return switch (rung) {
      case XS -> 0.35;
      case S -> 0.85;
      case M -> 1;
      case L -> 2.1;
      case XL -> 3.7;
    };
  }

  /** The same for any recipe: comparisons are asked in both orders, reasons have words. */
  static double training(Rung rung, boolean compares, boolean reasons) {
    return training(rung) * (compares ? 2.2 : 1) * (reasons ? 1.1 : 1);
  }

  /** An answer about one image, in the time that drawing an image with 6 steps takes. */
  static double answer(Rung rung) {
    return 0.03 * training(rung);
  }
}
