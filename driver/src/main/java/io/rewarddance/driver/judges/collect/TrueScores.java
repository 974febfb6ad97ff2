package io.rewarddance.driver.judges.collect;

import java.util.Map;

/**
 * How good images are under a group's prompt, before any annotator's noise.
 *
 * @param scores by (group whose prompt was asked about, image)
 */
record TrueScores(Map<Asked, Double> scores) {
  /** An image under the prompt of a group. */
  record Asked(int group, ImageId image) {}

  TrueScores {
    scores = Map.copyOf(scores);
  }

  double of(int group, ImageId image) {
    Double score = scores.get(new Asked(group, image));
    if (score == null) {
      throw new IllegalArgumentException("score: none of " + image + " under group " + group);
    }
    return score;
  }
}
