package io.rewarddance.embedded.trainer.judge;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Some pairs, parted by whether the annotator saw a reference beside the two images. */
record ByReference(int[] with, int[] without) {
  /**
   * @param numbers of what is parted, in its order
   * @param seen whether a number's pair has a reference
   */
  static ByReference of(int[] numbers, IntPredicate seen) {
    return new ByReference(
        IntStream.of(numbers).filter(seen).toArray(),
        IntStream.of(numbers).filter(seen.negate()).toArray());
  }
}
