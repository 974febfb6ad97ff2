package io.rewarddance.embedded.text;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Lower-cases a text, splits it at white space and gives the ids of its words, padded with id 0.
 *
 * @param length ids a text becomes
 */
public record Tokenizer(Vocabulary vocabulary, int length) {
  /** White space at the ends, of any script. */
  private static final Pattern ENDS = Pattern.compile("(?U)^\\s+|\\s+$");

  public Tokenizer {
    Objects.requireNonNull(vocabulary, "vocabulary");
    if (length < 1) {
      throw new IllegalArgumentException("length: " + length + " (expected: >= 1)");
    }
  }

  /**
   * The ids of a text, [length].
   *
   * @param name what the text is called in errors, such as the tensor it came in
   * @throws IllegalArgumentException naming the text and the first word that is not known, or the
   *     number of words when there are none or too many
   */
  public long[] encode(String name, String text) {
    String inner = ENDS.matcher(text).replaceAll("");
    String[] words = inner.isEmpty() ? new String[0] : inner.split("\\s+");
    if (words.length == 0 || words.length > length) {
      throw new IllegalArgumentException(
          "%s: %d words in \"%s\" (expected: 1 to %d)".formatted(name, words.length, text, length));
    }
    long[] ids = new long[length];
    for (int i = 0; i < words.length; i++) {
      ids[i] = id(name, text, words[i]);
    }
    return ids;
  }

  private long id(String name, String text, String word) {
    OptionalInt id = vocabulary.id(word.toLowerCase(Locale.ROOT));
    if (id.orElse(0) == 0) {
      throw new IllegalArgumentException(
          "%s: unknown word \"%s\" in \"%s\" (expected: words of the model's vocabulary)"
              .formatted(name, word, text));
    }
    return id.getAsInt();
  }
}
