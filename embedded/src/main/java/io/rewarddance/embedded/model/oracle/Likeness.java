package io.rewarddance.embedded.model.oracle;

/**
 * How alike two images are in what a prompt leaves open, each 0..1.
 *
 * @param colour {@link #NOT_OPEN} when the prompt names it
 */
record Likeness(double colour, double size, double shade) {
  static final double NOT_OPEN = -1;

  /** The mean of those that count. */
  double score() {
    return colour == NOT_OPEN ? (size + shade) / 2 : (colour + size + shade) / 3;
  }
}
