package io.rewarddance.driver.judges.collect;

import java.util.Map;

/**
 * What is wrong with images, in words.
 *
 * @param words by (group whose prompt was asked about, image); none where nobody asked
 */
record SetWords(Map<TrueScores.Asked, String> words) {
  static final SetWords NONE = new SetWords(Map.of());

  SetWords {
    words = Map.copyOf(words);
  }

  /** Why an answer is what it is: what is wrong with the image that it rejects. */
  String reason(Answer answer) {
    return words.getOrDefault(new TrueScores.Asked(answer.pair().group(), answer.rejected()), "");
  }
}
