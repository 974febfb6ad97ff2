package io.rewarddance.embedded.model.judge;

import io.rewarddance.embedded.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The words that a judge says after its decision. Used by one thread at a time. */
final class Reason {
  private final int most;
  private final List<Integer> words = new ArrayList<>();
  private long decision;
  private boolean ended;

  /**
   * @param most words; 0 = none is asked for
   */
  Reason(int most) {
    this.most = most;
  }

  /** Begins with the word by which the judge decided. */
  void begin(long word) {
    decision = word;
  }

  /** Whether there is another word to come. */
  boolean goesOn() {
    return !ended && words.size() < most;
  }

  /** The next word; {@code end} stops the reason and isn't part of it. */
  void say(int word, int end) {
    if (word == end) {
      ended = true;
    } else {
      words.add(word);
    }
  }

  /** What was said so far as the network takes it, the decision first, padded. */
  long[] said(int tokens) {
    long[] said = new long[tokens];
    said[0] = decision;
    for (int i = 0; i < words.size() && i + 1 < tokens; i++) {
      said[i + 1] = words.get(i);
    }
    return said;
  }

  String text(Vocabulary vocabulary) {
    return words.stream().map(vocabulary::word).collect(Collectors.joining(" "));
  }
}
