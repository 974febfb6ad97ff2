package io.rewarddance.embedded.noise;

/**
 * From two random words to two standard normals, rounded from double to float.
 *
 * <p>{@link StrictMath} defines the floats, since its results are the same on every JVM. {@link
 * Math} is three times as fast and nearly the same: each of its functions is within one unit in the
 * last place of the exact value, as StrictMath's are. A product of a root and a cosine thus differs
 * by at most ten units between the two. Unless it lies that near to the middle between two floats,
 * it rounds to the same float, and StrictMath need not be asked.
 */
final class BoxMuller {
  private static final double TO_UNIT = 0x1.0p-32;
  private static final double TWO_PI = 2.0 * Math.PI;

  /** The bits of a double's mantissa that a float does not have, and their middle. */
  private static final long EXTRA_BITS = (1L << 29) - 1;

  private static final long MIDDLE = 1L << 28;

  /** Well above the greatest possible difference, and met once in four million draws. */
  private static final long MARGIN = 64;

  private BoxMuller() {}

  /** Writes as many of the two normals as {@code normals} has room for from {@code at} on. */
  static void store(int radiusWord, int angleWord, float[] normals, int at) {
    double unit = uniform(radiusWord);
    double angle = TWO_PI * uniform(angleWord);
    double radius = Math.sqrt(-2.0 * Math.log(unit));
    double first = radius * Math.cos(angle);
    double second = radius * Math.sin(angle);
    if (isNearMiddle(first) || isNearMiddle(second)) {
      radius = StrictMath.sqrt(-2.0 * StrictMath.log(unit));
      first = radius * StrictMath.cos(angle);
      second = radius * StrictMath.sin(angle);
    }
    if (at < normals.length) {
      normals[at] = (float) first;
    }
    if (at + 1 < normals.length) {
      normals[at + 1] = (float) second;
    }
  }

  private static boolean isNearMiddle(double value) {
    long extra = Double.doubleToRawLongBits(value) & EXTRA_BITS;
    return Math.abs(extra - MIDDLE) <= MARGIN;
  }

  private static double uniform(int word) {
    return ((word & 0xFFFFFFFFL) + 0.5) * TO_UNIT;
  }
}
