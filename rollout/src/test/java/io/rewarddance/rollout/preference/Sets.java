package io.rewarddance.rollout.preference;

import io.rewarddance.rollout.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Preference sets for tests. */
final class Sets {
  private Sets() {}

  /** Five images of 4x6 and seven pairs that use every column. */
  static PreferenceSet full(long seed) {
    Random random = new Random(seed);
    List<Image> images = images(random, 5, 4, 6);
    List<Preference> pairs = new ArrayList<>();
    for (int p = 0; p < 7; p++) {
      int first = random.nextInt(5);
      pairs.add(
          new Preference(
              p % 2 == 0 ? "a red circle" : "zwei grüne Äpfel",
              first,
              (first + 1 + random.nextInt(4)) % 5,
              Choice.values()[random.nextInt(2)],
              "annotator-" + p % 3,
              p == 3 ? "" : "shape and " + p,
              p % 3 - 1,
              p == 5 ? "" : "colours"));
    }
    return new PreferenceSet(
        images, pairs, new TreeMap<>(java.util.Map.of("description", "test", "seed", "7")));
  }

  static List<Image> images(Random random, int count, int height, int width) {
    List<Image> images = new ArrayList<>();
    for (int m = 0; m < count; m++) {
      byte[] rgb = new byte[height * width * 3];
      random.nextBytes(rgb);
      images.add(Image.of(height, width, rgb));
    }
    return images;
  }
}
