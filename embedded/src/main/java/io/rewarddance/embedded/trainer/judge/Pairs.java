package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.text.Tokenizer;
import io.rewarddance.embedded.text.Vocabulary;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.preference.Choice;
import io.rewarddance.rollout.preference.Preference;
import io.rewarddance.rollout.preference.PreferenceSet;
import java.util.List;
import java.util.Locale;

/** The pairs of a preference file as a judge takes them. Arrays aren't copied. */
final class Pairs {
  private static final long[] SILENT = {};

  private final PreferenceSet set;
  private final long[][] tokens; // [P][words]
  private final long[][] reasons; // [P][words of the reason, none when there is none]

  private Pairs(PreferenceSet set, long[][] tokens, long[][] reasons) {
    this.set = set;
    this.tokens = tokens;
    this.reasons = reasons;
  }

  /**
   * @param file what the file is called in errors
   * @param mostWords of a reason; 0 when reasons are left out
   * @throws BadPreferencesException when images, a prompt or a reason aren't the judge's
   */
  static Pairs of(String file, PreferenceSet set, JudgeBase base, int mostWords) {
    base.requireImages(file, set.height(), set.width());
    long[][] tokens = new long[set.size()][];
    long[][] reasons = new long[set.size()][];
    for (int p = 0; p < set.size(); p++) {
      Preference pair = set.pairs().get(p);
      try {
        tokens[p] = base.tokenizer().encode("prompt[" + p + "]", pair.prompt());
        reasons[p] = mostWords == 0 ? SILENT : reason(base.tokenizer(), p, pair, mostWords);
      } catch (IllegalArgumentException e) {
        throw new BadPreferencesException(file + ": " + e.getMessage(), e);
      }
    }
    return tokenised(set, tokens, reasons);
  }

  /** Pairs whose words are ids already. */
  static Pairs tokenised(PreferenceSet set, long[][] tokens, long[][] reasons) {
    return new Pairs(set, tokens, reasons);
  }

  int size() {
    return tokens.length;
  }

  int height() {
    return set.height();
  }

  int width() {
    return set.width();
  }

  /** Elements of an image. */
  int imageBytes() {
    return height() * width() * Image.CHANNELS;
  }

  byte[] image(int row) {
    return set.images().get(row).rgb();
  }

  Preference pair(int p) {
    return set.pairs().get(p);
  }

  boolean secondPreferred(int p) {
    return pair(p).preferred() == Choice.SECOND;
  }

  /** Whether a pair was judged beside a reference. */
  boolean seen(int p) {
    return pair(p).seenBeside().isPresent();
  }

  long[] tokens(int p) {
    return tokens[p];
  }

  long[] reason(int p) {
    return reasons[p];
  }

  private static long[] reason(Tokenizer tokenizer, int p, Preference pair, int mostWords) {
    if (pair.reason().isBlank()) {
      return SILENT;
    }
    List<String> words = List.of(pair.reason().strip().split("\\s+"));
    if (words.size() > mostWords) {
      throw new IllegalArgumentException(
          "reason[%d]: %d words in \"%s\" (expected: at most %d)"
              .formatted(p, words.size(), pair.reason(), mostWords));
    }
    return words.stream().mapToLong(word -> id(tokenizer.vocabulary(), p, word)).toArray();
  }

  private static long id(Vocabulary vocabulary, int p, String word) {
    int id = vocabulary.id(word.toLowerCase(Locale.ROOT)).orElse(0);
    if (id == 0) {
      throw new IllegalArgumentException(
          "reason[%d]: unknown word \"%s\" (expected: words of the model's vocabulary)"
              .formatted(p, word));
    }
    return id;
  }
}
