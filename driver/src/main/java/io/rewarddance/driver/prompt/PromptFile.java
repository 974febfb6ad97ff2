package io.rewarddance.driver.prompt;

import io.rewarddance.driver.picture.PngReader;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Prompt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads prompt files: UTF-8, a JSON object {@code {"prompt": ..., "category": ...}} on each line,
 * for image-to-video also {@code "first_frame"}, a PNG file's path from the prompt file; other keys
 * are ignored, and so are blank lines.
 */
public final class PromptFile {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private PromptFile() {}

  /**
   * @param categories those to keep; empty = all
   * @throws IOException when the file or a first frame can't be read, a line is not such an object,
   *     a prompt comes twice, only some have a first frame, or nothing is left
   */
  public static List<Prompt> read(Path file, List<String> categories) throws IOException {
    List<Prompt> prompts = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    List<byte[]> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = decode(file, i, lines.get(i));
      if (line.isBlank()) {
        continue;
      }
      Prompt prompt = parse(file, i, line);
      Integer before = seen.put(prompt.text(), i);
      if (before != null) {
        throw bad(file, i, "prompt '" + prompt.text() + "' is on line " + (before + 1) + " too");
      }
      if (prompt.firstFrame().isPresent() != firstFrames(prompts, prompt)) {
        throw bad(
            file,
            i,
            "first_frame: "
                + (prompt.firstFrame().isPresent() ? "given" : "absent")
                + " (expected: one in every line, or in none)");
      }
      if (categories.isEmpty() || categories.contains(prompt.category())) {
        prompts.add(prompt);
      }
    }
    if (prompts.isEmpty()) {
      String wanted = categories.isEmpty() ? "" : " of " + categories;
      throw new IOException(file + ": no prompts (expected: at least one" + wanted + ")");
    }
    return List.copyOf(prompts);
  }

  /**
   * Checks that a file's prompts have first frames if those of another have.
   *
   * @throws IOException when they differ: a policy would be measured at another task
   */
  public static void requireLike(Path file, Prompt own, Prompt other) throws IOException {
    if (own.firstFrame().isPresent() != other.firstFrame().isPresent()) {
      throw new IOException(
          file
              + ": first_frame: "
              + (own.firstFrame().isPresent() ? "given" : "absent")
              + " (expected: as in the prompts to train on)");
    }
  }

  /** Whether prompts before this one have first frames; there being none, whether it has one. */
  private static boolean firstFrames(List<Prompt> before, Prompt next) {
    return (before.isEmpty() ? next : before.get(0)).firstFrame().isPresent();
  }

  /** Split before they are decoded, so that a bad byte has a line number. */
  private static List<byte[]> lines(Path file) throws IOException {
    byte[] bytes = read(file);
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, start, i));
        start = i + 1;
      }
    }
    return lines;
  }

  private static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such prompt file", e);
    }
  }

  private static String decode(Path file, int line, byte[] bytes) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw bad(file, line, "not UTF-8: " + e.getMessage());
    }
  }

  private static Prompt parse(Path file, int line, String text) throws IOException {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (!node.isObject()) {
        throw bad(file, line, node + " (expected: {\"prompt\": ..., \"category\": ...})");
      }
      JsonNode prompt = node.path("prompt");
      JsonNode category = node.path("category");
      if (!prompt.isString()) {
        throw bad(file, line, "prompt: " + said(prompt) + " (expected: a text)");
      }
      if (!category.isString() && !category.isMissingNode()) {
        throw bad(file, line, "category: " + category + " (expected: a text, or no category)");
      }
      return new Prompt(
          line, prompt.asString(), category.asString(""), firstFrame(file, line, node));
    } catch (JacksonException e) {
      throw bad(file, line, "not JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw bad(file, line, e.getMessage());
    }
  }

  private static Optional<Image> firstFrame(Path file, int line, JsonNode node) throws IOException {
    JsonNode path = node.path("first_frame");
    if (path.isMissingNode()) {
      return Optional.empty();
    }
    if (!path.isString()) {
      throw bad(file, line, "first_frame: " + path + " (expected: the path of a PNG file)");
    }
    try {
      return Optional.of(PngReader.read(file.resolveSibling(path.asString())));
    } catch (IOException | InvalidPathException e) {
      throw bad(file, line, "first_frame: " + e.getMessage());
    }
  }

  private static String said(JsonNode value) {
    return value.isMissingNode() ? "absent" : value.toString();
  }

  private static IOException bad(Path file, int line, String problem) {
    return new IOException(file + " line " + (line + 1) + ": " + problem);
  }
}
