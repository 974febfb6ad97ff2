package io.rewarddance.driver.judges.collect;

import io.rewarddance.rollout.preference.Choice;

/**
 * What an annotator said of a pair.
 *
 * @param right whether the true scores say so too
 */
record Answer(PlannedPair pair, String annotator, Choice preferred, boolean right) {
  /** The image that wasn't preferred. */
  ImageId rejected() {
    return preferred == Choice.FIRST ? pair.second() : pair.first();
  }
}
