package io.rewarddance.driver.generate;

/**
 * The part of a schedule that a batch of images walks. Level k is the state before step k: level 0
 * is noise, level {@code steps} a clean image.
 *
 * @param steps length of the whole schedule
 * @param from level of the states that are taken up; 0 = from noise
 * @param begin level at which sampling begins; below {@code from}, the states are first noised back
 *     up to it
 * @param stop level at which sampling ends
 */
public record Leg(int steps, int from, int begin, int stop) {
  public Leg {
    boolean ordered = 0 <= begin && begin <= from && begin < stop && stop <= steps;
    if (!ordered) {
      throw new IllegalArgumentException(
          "leg: from %d, begin %d, stop %d of %d (expected: begin <= from, begin < stop <= steps)"
              .formatted(from, begin, stop, steps));
    }
  }

  public static Leg fromNoise(int steps, int stop) {
    return new Leg(steps, 0, 0, stop);
  }

  /** Goes on undisturbed. */
  public static Leg onward(int steps, int from, int stop) {
    return new Leg(steps, from, from, stop);
  }

  public boolean isFromNoise() {
    return from == 0;
  }

  /** Whether fresh noise is added first. */
  public boolean isRenoised() {
    return begin < from;
  }

  /** Network evaluations for each image. */
  public int evaluations() {
    return stop - begin;
  }
}
