package io.rewarddance.driver.testing;

import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.preference.Choice;
import io.rewarddance.rollout.preference.Preference;
import io.rewarddance.rollout.preference.PreferenceFile;
import io.rewarddance.rollout.preference.PreferenceReader;
import io.rewarddance.rollout.preference.PreferenceSet;
import io.rewarddance.rollout.preference.PreferenceWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Preference files whose truth is plain: brighter is better. */
public final class TinyPairs {
  private TinyPairs() {}

  /** {@code pairs.h5} and {@code own.h5}. */
  public static void write(Path output) throws Exception {
    write(output.resolve("pairs.h5"), 48, 1);
    write(output.resolve("own.h5"), 20, 2);
  }

  /** The same, half of the pairs with an image of another pair seen beside them. */
  public static void writeBesideReferences(Path output) throws Exception {
    write(output);
    for (String name : List.of("pairs.h5", "own.h5")) {
      PreferenceSet set = PreferenceReader.read(output.resolve(name)).set();
      List<Preference> pairs = new ArrayList<>();
      for (int i = 0; i < set.size(); i++) {
        Preference p = set.pairs().get(i);
        int beside = i % 2 == 0 ? (p.second() + 1) % set.images().size() : Preference.NO_REFERENCE;
        pairs.add(
            new Preference(
                p.prompt(),
                p.first(),
                p.second(),
                p.preferred(),
                p.annotator(),
                p.reason(),
                beside,
                p.domain()));
      }
      PreferenceWriter.write(output.resolve(name), new PreferenceSet(set.images(), pairs));
    }
  }

  public static PreferenceFile write(Path file, int count, long seed) throws Exception {
    Random random = new Random(seed);
    List<Image> images = new ArrayList<>();
    List<Preference> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int one = random.nextInt(200) + 20;
      int other = one + (random.nextBoolean() ? 30 : -30) + random.nextInt(5);
      images.add(grey(one, random));
      images.add(grey(other, random));
      String domain = i % 2 == 0 ? "even" : "odd";
      Choice better = other > one ? Choice.SECOND : Choice.FIRST;
      pairs.add(
          new Preference("a red circle", 2 * i, 2 * i + 1, better, "eye", "wrong", -1, domain));
    }
    return PreferenceWriter.write(file, new PreferenceSet(images, pairs));
  }

  private static Image grey(int level, Random random) {
    byte[] rgb = new byte[32 * 32 * 3];
    Arrays.fill(rgb, (byte) Math.min(255, Math.max(0, level)));
    rgb[random.nextInt(rgb.length)] = 0;
    return Image.of(32, 32, rgb);
  }
}
