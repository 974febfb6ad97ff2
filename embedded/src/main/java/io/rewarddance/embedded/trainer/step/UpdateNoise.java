package io.rewarddance.embedded.trainer.step;

import io.rewarddance.embedded.noise.Philox;

/**
 * Every random choice of one update, counter-based: a pure function of the update's seed, its
 * iteration and the place where it is used.
 */
public final class UpdateNoise {
  public static final int NOISE = 2;
  public static final int LEVEL = 3;
  public static final int ORDER = 4;
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final long key;

  /**
   * @param seed the update settings' seed
   * @param iteration mixed in, so that one seed for all iterations still gives fresh noise
   */
  public UpdateNoise(long seed, int iteration) {
    this.key = mix(seed + GOLDEN_GAMMA * (iteration + 1L));
  }

  /** Standard normals of sample {@code index}. */
  public float[] normals(int index, int count) {
    return Philox.normals(key, NOISE, index, count);
  }

  /** A uniform number in (0, 1) for sample {@code index}. */
  public double uniform(int index) {
    return (word(LEVEL, index) + 0.5) * 0x1.0p-32;
  }

  /** The numbers 0 to {@code count - 1} in a random order (Fisher and Yates). */
  public int[] order(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    for (int i = count - 1; i > 0; i--) {
      int other = (int) ((word(ORDER, i) * (i + 1L)) >>> 32);
      int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
    return order;
  }

  private long word(int purpose, int index) {
    int[] counter = {0, index, purpose, 0};
    Philox.block(counter, (int) key, (int) (key >>> 32));
    return counter[0] & 0xFFFFFFFFL;
  }

  /** The finaliser of splitmix64. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
