package io.rewarddance.embedded.trainer.judge;

/** Whether a judge is trained to give reasons, and on which side of its decision. */
public enum Reasons {
  NONE,
  DECISION_FIRST,
  REASONS_FIRST;

  /**
   * @throws IllegalArgumentException when there is none of this name
   */
  public static Reasons of(String name) {
    return switch (name) {
      case "none" -> NONE;
      case "decision-first" -> DECISION_FIRST;
      case "reasons-first" -> REASONS_FIRST;
      default ->
          throw new IllegalArgumentException(
              "reasons: " + name + " (expected: none, decision-first or reasons-first)");
    };
  }
}
