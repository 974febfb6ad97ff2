package io.rewarddance.driver.config;

import io.rewarddance.driver.prompt.PromptFile;
import io.rewarddance.rollout.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A category that is asked for must be that of some prompt: a misspelt one would be missed by no
 * one.
 */
final class CategoriesPresent {
  private final Rules rules;
  private final Path root;

  CategoriesPresent(Rules rules, Path root) {
    this.rules = rules;
    this.root = root;
  }

  /**
   * @param key the list of categories
   * @param files the prompt files that they are taken from
   */
  void check(String key, String... files) {
    JsonNode wanted = rules.value(key);
    if (wanted.size() == 1 && rules.is(key + "[0]", "all")) {
      return;
    }
    try {
      check(key, wanted, categories(files));
    } catch (IOException e) {
      // Said with its line when the prompts are read; a file that isn't there has been said.
    }
  }

  private void check(String key, JsonNode wanted, SortedSet<String> there) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!there.contains(wanted.path(i).asString())) {
        rules.problem(
            key + "[" + i + "]",
            "a category of the prompt files: "
                + (there.isEmpty() ? "they have none" : String.join(", ", there)));
      }
    }
  }

  private SortedSet<String> categories(String... files) throws IOException {
    SortedSet<String> categories = new TreeSet<>();
    for (String file : files) {
      if (rules.has(file)) {
        Path path = root.resolve(rules.value(file).asString()).normalize();
        PromptFile.read(path, List.of()).stream().map(Prompt::category).forEach(categories::add);
      }
    }
    categories.remove("");
    return categories;
  }
}
