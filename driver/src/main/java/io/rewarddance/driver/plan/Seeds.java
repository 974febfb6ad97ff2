package io.rewarddance.driver.plan;

/**
 * Derives every seed of a run from the run's own: {@code mix(... mix(mix(seed + purpose) + a) + b
 * ...)} with SplitMix64's finaliser, its sign bit dropped so that every language can hold it. Seeds
 * of different purposes, iterations, groups and rollouts have nothing in common that a generator
 * could see.
 */
public final class Seeds {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** What a seed is for. The numbers are part of the contract: never reuse one. */
  public enum Purpose {
    ROLLOUT(1),
    UPDATE(2),
    WINDOW(3),
    PROMPTS(4),
    REFERENCE(5),
    EVALUATION(6),
    CANARY(7),
    NOISE(8),
    SEARCH(9),
    STEPS(12),
    COLLECTION_PROMPTS(20),
    COLLECTION_IMAGE(21),
    COLLECTION_PAIRS(22),
    ANNOTATION(23),
    CORRUPTION(24);

    private final long number;

    Purpose(long number) {
      this.number = number;
    }
  }

  private Seeds() {}

  /** A seed of at least 0. */
  public static long derive(long seed, Purpose purpose, long... path) {
    long state = mix(seed + purpose.number * GOLDEN_GAMMA);
    for (long step : path) {
      state = mix(state + (step + 1) * GOLDEN_GAMMA);
    }
    return state & Long.MAX_VALUE;
  }

  /** A number in [0, bound), as good as uniform for the small bounds used here. */
  static int below(int bound, long seed) {
    return (int) Long.remainderUnsigned(mix(seed), bound);
  }

  /** A random order of 0 to size - 1 (Fisher-Yates). */
  static int[] permutation(int size, long seed) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = below(i + 1, seed + i * GOLDEN_GAMMA);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** All 64 bits of number {@code position} of a stream. */
  static long scattered(long seed, long position) {
    return mix(mix(seed) + (position + 1) * GOLDEN_GAMMA);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
