package io.rewarddance.embedded.trainer.step;

import java.util.Arrays;

/** Cuts a shuffled list of samples into near-equal consecutive parts. */
public final class Minibatches {
  private Minibatches() {}

  /** Part {@code part} of {@code parts}; sizes differ by one at most. */
  public static int[] part(int[] samples, int part, int parts) {
    long size = samples.length;
    return Arrays.copyOfRange(
        samples, (int) (size * part / parts), (int) (size * (part + 1) / parts));
  }

  /** How many parts of at most {@code largest} samples. */
  public static int parts(int samples, int largest) {
    return (samples + largest - 1) / largest;
  }
}
