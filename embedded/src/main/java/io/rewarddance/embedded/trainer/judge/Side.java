package io.rewarddance.embedded.trainer.judge;

/** How a judge is asked about one image of a pair by itself. */
@FunctionalInterface
interface Side {
  /** Is it good? */
  Side ALONE = Questions::ask;

  /** Is it better than the reference that the annotator saw beside the two? */
  Side BESIDE_REFERENCE = Questions::compareWithSeen;

  /**
   * @param image row of the image
   * @param yes the right answer
   * @param number of the question in its minibatch
   */
  void ask(Questions questions, int pair, int image, boolean yes, int number);
}
