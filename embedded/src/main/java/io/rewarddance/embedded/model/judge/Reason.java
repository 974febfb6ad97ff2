package io.rewarddance.embedded.model.judge;

import io.rewarddance.embedded.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The words that a judge says before its decision or after it. Used by one thread at a time. */
final class Reason {
  private final int most;
  private final List<Integer> words = new ArrayList<>();
  private OptionalLong decision = OptionalLong.empty();
  private boolean ended;

  /**
   * @param most words that are wanted; 0 = none
   */
  Reason(int most) {
    this.most = most;
  }

  /** Begins with the word by which the judge decided, where it decides first. */
  void begin(long word) {
    decision = OptionalLong.of(word);
  }

  /** Whether another word is wanted and to come. */
  boolean goesOn() {
    return !ended && words.size() < most;
  }

  /** How many words were said. */
  int length() {
    return words.size();
  }

  /** The next word; {@code end} stops the reason and isn't part of it. */
  void say(int word, int end) {
    if (word == end) {
      ended = true;
    } else {
      words.add(word);
    }
  }

  /** What was said so far as the network takes it, a decision that came first included, padded. */
  long[] said(int tokens) {
    LongStream reason = words.stream().mapToLong(Integer::longValue);
    long[] said = LongStream.concat(decision.stream(), reason).limit(tokens).toArray();
    return Arrays.copyOf(said, tokens);
  }

  /** The words that are wanted. */
  String text(Vocabulary vocabulary) {
    return words.stream().limit(most).map(vocabulary::word).collect(Collectors.joining(" "));
  }
}
