package io.rewarddance.driver.plan;

/**
 * Random numbers that follow from a seed alone, the same on every machine and with every JDK
 * (SplitMix64; normals by Box and Muller with {@link StrictMath}). Not for several threads.
 */
public final class RandomStream {
  private static final double UNIT = 0x1.0p-53;

  private final long seed;
  private long position;
  private double spare = Double.NaN;

  public RandomStream(long seed) {
    this.seed = seed;
  }

  private long next() {
    return Seeds.scattered(seed, position++);
  }

  /** A number in [0, bound), as good as uniform for the small bounds used here. */
  public int below(int bound) {
    return (int) Long.remainderUnsigned(next(), bound);
  }

  /** Uniform in [0, 1). */
  public double uniform() {
    return (next() >>> 11) * UNIT;
  }

  /** Normal with mean 0 and standard deviation 1. */
  public double normal() {
    if (!Double.isNaN(spare)) {
      double kept = spare;
      spare = Double.NaN;
      return kept;
    }
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
    double angle = 2 * Math.PI * uniform();
    spare = radius * StrictMath.sin(angle);
    return radius * StrictMath.cos(angle);
  }

  /** A random order of 0 to size - 1 (Fisher-Yates). */
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
