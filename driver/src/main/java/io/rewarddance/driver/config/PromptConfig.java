package io.rewarddance.driver.config;

import java.nio.file.Path;
import java.util.List;

/**
 * JSON-lines files, each line {@code {"prompt": "...", "category": "..."}}.
 *
 * @param train prompts to train on
 * @param heldOut prompts to measure on
 * @param categories the categories to use of both files; empty = all
 */
public record PromptConfig(Path train, Path heldOut, List<String> categories) {
  public PromptConfig {
    categories = List.copyOf(categories);
  }
}
