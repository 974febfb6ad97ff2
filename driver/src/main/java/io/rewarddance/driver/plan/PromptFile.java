package io.rewarddance.driver.plan;

import io.rewarddance.rollout.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads prompt files: a JSON object {@code {"prompt": ..., "category": ...}} on each line. */
public final class PromptFile {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private PromptFile() {}

  /**
   * @param categories those to keep; empty = all
   * @throws IOException when the file can't be read, a line is not such an object, a prompt comes
   *     twice, or nothing is left
   */
  public static List<Prompt> read(Path file, List<String> categories) throws IOException {
    List<Prompt> prompts = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      Prompt prompt = parse(file, i, lines.get(i));
      Integer before = seen.put(prompt.text(), i);
      if (before != null) {
        throw bad(file, i, "prompt '" + prompt.text() + "' is on line " + (before + 1) + " too");
      }
      if (categories.isEmpty() || categories.contains(prompt.category())) {
        prompts.add(prompt);
      }
    }
    if (prompts.isEmpty()) {
      throw new IOException(file + ": no prompts (expected: at least one, of " + categories + ")");
    }
    return List.copyOf(prompts);
  }

  private static Prompt parse(Path file, int line, String text) throws IOException {
    try {
      JsonNode node = MAPPER.readTree(text);
      JsonNode prompt = node.path("prompt");
      if (!prompt.isString()) {
        throw bad(file, line, "prompt: " + prompt + " (expected: a text)");
      }
      return new Prompt(line, prompt.asString(), node.path("category").asString(""));
    } catch (JacksonException | IllegalArgumentException e) {
      throw bad(file, line, e.getMessage());
    }
  }

  private static IOException bad(Path file, int line, String problem) {
    return new IOException(file + " line " + (line + 1) + ": " + problem);
  }
}
