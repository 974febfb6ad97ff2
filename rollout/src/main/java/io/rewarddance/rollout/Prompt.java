package io.rewarddance.rollout;

import java.util.Optional;

/**
 * What to draw from: a text, and for image-to-video the first frame.
 *
 * @param index its line in the prompt file, from 0
 * @param text what to draw; not blank
 * @param category for reports by category; may be empty
 * @param firstFrame what a video has to begin with
 */
public record Prompt(int index, String text, String category, Optional<Image> firstFrame) {
  /** A text alone. */
  public Prompt(int index, String text, String category) {
    this(index, text, category, Optional.empty());
  }

  public Prompt {
    Check.present(firstFrame, "firstFrame");
    Check.notNegative(index, "index");
    Check.text(text, "text");
    Check.that(!text.isBlank(), "text", '"' + text + '"', "not blank");
    Check.text(category, "category");
  }
}
