package io.rewarddance.embedded.model.oracle;

import java.util.Optional;

/**
 * What a prompt of the video world asks for.
 *
 * @param motion empty = the object stands still
 */
record Scene(Slot slot, Optional<Motion> motion) {
  /** How fast. */
  enum Speed {
    ANY,
    SLOWLY,
    QUICKLY
  }

  /**
   * A way to move.
   *
   * @param x of a step in the direction
   * @param y of a step in the direction
   */
  record Motion(int x, int y, Speed speed) {}
}
