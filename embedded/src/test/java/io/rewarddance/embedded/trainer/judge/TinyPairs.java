package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.step.UpdateNoise;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.preference.Choice;
import io.rewarddance.rollout.preference.Preference;
import io.rewarddance.rollout.preference.PreferenceSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Pairs that {@link TinyJudge} understands. */
final class TinyPairs {
  /** The token of every prompt. */
  static final long TOKEN = 2;

  private TinyPairs() {}

  /** Pairs of random images; the words are reasons. */
  static Pairs of(int seed, long[]... reasons) {
    Random random = new Random(seed);
    List<Image> images = new ArrayList<>();
    List<Preference> pairs = new ArrayList<>();
    long[][] tokens = new long[reasons.length][];
    for (int p = 0; p < reasons.length; p++) {
      for (int i = 0; i < 2; i++) {
        byte[] rgb = new byte[TinyJudge.PIXELS];
        random.nextBytes(rgb);
        images.add(Image.of(1, 2, rgb));
      }
      Choice choice = Choice.values()[random.nextInt(2)];
      pairs.add(Preference.of("prompt", 2 * p, 2 * p + 1, choice, "x"));
      tokens[p] = new long[] {TOKEN};
    }
    return Pairs.tokenised(new PreferenceSet(images, pairs), tokens, reasons);
  }

  /**
   * The same pairs, judged beside references.
   *
   * @param references row of an image for each pair, or -1
   */
  static Pairs beside(Pairs pairs, int... references) {
    List<Preference> seen = new ArrayList<>();
    for (int p = 0; p < references.length; p++) {
      Preference pair = pairs.pair(p);
      seen.add(
          new Preference(
              pair.prompt(),
              pair.first(),
              pair.second(),
              pair.preferred(),
              pair.annotator(),
              "",
              references[p],
              ""));
    }
    List<Image> images = new ArrayList<>();
    for (int row = 0; row < 2 * references.length; row++) {
      images.add(Image.of(1, 2, pairs.image(row)));
    }
    long[][] tokens = new long[references.length][];
    Arrays.fill(tokens, new long[] {TOKEN});
    return Pairs.tokenised(new PreferenceSet(images, seen), tokens, new long[references.length][0]);
  }

  static JudgeMinibatch minibatch(Pairs pairs) {
    int[] all = new int[pairs.size()];
    for (int p = 0; p < all.length; p++) {
      all[p] = p;
    }
    return new JudgeMinibatch(pairs, all, new UpdateNoise(5, 3), PixelNoise.none());
  }

  static int[] samples(Pairs pairs) {
    return minibatch(pairs).indices();
  }
}
