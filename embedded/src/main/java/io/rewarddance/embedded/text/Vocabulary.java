package io.rewarddance.embedded.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The words a model knows; a word's id is its place, from 0. The first is the padding. */
public final class Vocabulary {
  /** The word of id 0, which stands for no word and is refused in texts. */
  public static final String PADDING = "<pad>";

  private final List<String> words;
  private final Map<String, Integer> ids;

  private Vocabulary(List<String> words) {
    this.words = List.copyOf(words);
    this.ids = new HashMap<>();
    for (int id = 0; id < words.size(); id++) {
      String word = words.get(id);
      if (word.isBlank() || !word.equals(word.strip()) || ids.put(word, id) != null) {
        throw new IllegalArgumentException(
            "word " + id + ": \"" + word + "\" (expected: one word, not blank, not there before)");
      }
    }
    if (words.isEmpty() || !words.get(0).equals(PADDING)) {
      throw new IllegalArgumentException("word 0: (expected: " + PADDING + ")");
    }
  }

  public static Vocabulary of(List<String> words) {
    return new Vocabulary(words);
  }

  /**
   * Reads one word a line.
   *
   * @throws IOException when the file can't be read or isn't a vocabulary; the text names the file
   */
  public static Vocabulary read(Path file) throws IOException {
    try {
      return new Vocabulary(Files.readAllLines(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  public int size() {
    return words.size();
  }

  public String word(int id) {
    return words.get(id);
  }

  /** The id of a word, or empty when it is unknown. */
  public OptionalInt id(String word) {
    Integer id = ids.get(word);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }
}
