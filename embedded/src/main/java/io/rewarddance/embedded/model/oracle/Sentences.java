package io.rewarddance.embedded.model.oracle;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A finite language: every sentence with what it means.
 *
 * @param <S> meaning of a sentence
 */
final class Sentences<S> {
  private static final Pattern SPACE = Pattern.compile("(?U)\\s+");

  private final Map<String, S> meanings;
  private final int maxWords;
  private final String example;
  private final Set<String> words = new HashSet<>();

  /**
   * @param example a sentence that messages show
   */
  Sentences(Map<String, S> meanings, int maxWords, String example) {
    this.meanings = Map.copyOf(meanings);
    this.maxWords = maxWords;
    this.example = example;
    meanings.keySet().forEach(text -> words.addAll(List.of(text.split(" "))));
  }

  /**
   * @throws IllegalArgumentException naming the first unknown word, or the sentence
   */
  S parse(String text) {
    List<String> spoken =
        SPACE.splitAsStream(text.toLowerCase(Locale.ROOT)).filter(word -> !word.isEmpty()).toList();
    if (spoken.isEmpty() || spoken.size() > maxWords) {
      throw refused("%d words in \"%s\" (expected: 1 to %d)", spoken.size(), text, maxWords);
    }
    for (String word : spoken) {
      if (!words.contains(word)) {
        throw refused(
            "unknown word \"%s\" in \"%s\" (expected: words of the shapes world)", word, text);
      }
    }
    S meaning = meanings.get(String.join(" ", spoken));
    if (meaning == null) {
      throw refused("\"%s\" (expected: a sentence such as \"%s\")", text, example);
    }
    return meaning;
  }

  private static IllegalArgumentException refused(String form, Object... values) {
    return new IllegalArgumentException("prompt: " + form.formatted(values));
  }
}
