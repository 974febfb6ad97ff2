package io.rewarddance.embedded.model.oracle;

/** Where the first object stands from the second. */
enum Relation {
  LEFT_OF("left of", 1, 0),
  RIGHT_OF("right of", -1, 0),
  ABOVE("above", 0, 1),
  BELOW("below", 0, -1);

  private final String words;
  private final int x;
  private final int y;

  Relation(String words, int x, int y) {
    this.words = words;
    this.x = x;
    this.y = y;
  }

  String words() {
    return words;
  }

  /** How far the second object lies from the first in the wanted direction, pixels. */
  double along(Found first, Found second) {
    return x * (second.x() - first.x()) + y * (second.y() - first.y());
  }

  /** How far it lies to either side of that direction, pixels. */
  double across(Found first, Found second) {
    return Math.abs(y * (second.x() - first.x()) + x * (second.y() - first.y()));
  }
}
