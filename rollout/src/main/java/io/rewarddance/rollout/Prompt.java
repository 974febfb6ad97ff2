package io.rewarddance.rollout;

/**
 * A text to draw from.
 *
 * @param index its line in the prompt file, from 0
 * @param text what to draw; not blank
 * @param category for reports by category; may be empty
 */
public record Prompt(int index, String text, String category) {
  public Prompt {
    Check.notNegative(index, "index");
    Check.text(text, "text");
    Check.that(!text.isBlank(), "text", '"' + text + '"', "not blank");
    Check.text(category, "category");
  }
}
