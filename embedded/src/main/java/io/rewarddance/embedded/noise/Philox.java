package io.rewarddance.embedded.noise;

/**
 * Normal noise from Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3").
 *
 * <p>The key is the seed; the counter is (block, step, purpose, 0) with four elements a block.
 * Words become uniforms in (0,1) by {@code (word + 0.5) / 2^32} and pairs of uniforms become pairs
 * of normals by Box and Muller's formula, in double, each rounded to float, the same on every JVM.
 */
public final class Philox {
  /** Purpose of a rollout's initial noise; its step is 0. */
  public static final int INITIAL_NOISE = 0;

  /** Purpose of the noise that a sampler adds in a step; its step is the step's index. */
  public static final int SAMPLER_NOISE = 1;

  /**
   * Purpose of the noise that takes a latent back up the schedule; its step is the one that it is
   * taken to. 2 to 4 are the trainer's, under keys of its own.
   */
  public static final int RENOISING = 5;

  private static final int MULTIPLIER_0 = 0xD2511F53;
  private static final int MULTIPLIER_1 = 0xCD9E8D57;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private Philox() {}

  /** {@code count} standard normals for a seed, a purpose and a step, element by element. */
  public static float[] normals(long seed, int purpose, int step, int count) {
    float[] normals = new float[count];
    int[] words = new int[4];
    for (int element = 0; element < count; element += 4) {
      load(words, element / 4, step, purpose, 0);
      block(words, (int) seed, (int) (seed >>> 32));
      BoxMuller.store(words[0], words[1], normals, element);
      BoxMuller.store(words[2], words[3], normals, element + 2);
    }
    return normals;
  }

  /** Replaces the counter's four words by the four output words of the block cipher. */
  public static void block(int[] counter, int key0, int key1) {
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = (MULTIPLIER_0 & 0xFFFFFFFFL) * (counter[0] & 0xFFFFFFFFL);
      long product1 = (MULTIPLIER_1 & 0xFFFFFFFFL) * (counter[2] & 0xFFFFFFFFL);
      int mixed0 = (int) (product1 >>> 32) ^ counter[1] ^ (key0 + round * WEYL_0);
      int mixed1 = (int) (product0 >>> 32) ^ counter[3] ^ (key1 + round * WEYL_1);
      load(counter, mixed0, (int) product1, mixed1, (int) product0);
    }
  }

  private static void load(int[] words, int word0, int word1, int word2, int word3) {
    words[0] = word0;
    words[1] = word1;
    words[2] = word2;
    words[3] = word3;
  }
}
