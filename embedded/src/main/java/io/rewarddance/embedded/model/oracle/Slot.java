package io.rewarddance.embedded.model.oracle;

/**
 * A wanted object, as codes of its shape and colour; {@link #ANY_COLOUR} leaves the colour open.
 */
record Slot(int shape, int colour) {
  static final int ANY_COLOUR = -1;

  boolean hasColour() {
    return colour != ANY_COLOUR;
  }
}
