package io.rewarddance.embedded.trainer;

import io.rewarddance.proto.training.JudgeUpdateSettings;
import io.rewarddance.proto.training.UpdateSettings;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.preference.Choice;
import io.rewarddance.rollout.preference.Preference;
import io.rewarddance.rollout.preference.PreferenceFile;
import io.rewarddance.rollout.preference.PreferenceSet;
import io.rewarddance.rollout.preference.PreferenceWriter;
import io.rewarddance.rollout.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Pairs of squares of two colours, one of them the prompt's, that the shipped judge understands.
 */
public final class DrawnPreferences {
  private static final int SIDE = 32;
  private static final List<String> COLOURS = List.of("red", "green", "blue", "yellow");
  private static final int[][] RGB = {{224, 34, 34}, {35, 173, 46}, {45, 100, 224}, {237, 210, 28}};

  private DrawnPreferences() {}

  /** The judge that the repository ships. */
  public static Path versionDirectory() {
    String root = System.getProperty("rewarddance.root");
    return Path.of(root, "triton-models", "repository", "shapes_judge", "1");
  }

  /** Annotators that prefer the wrong colour. */
  public static PreferenceSet contrary(int pairs, long seed) {
    Random random = new Random(seed);
    List<Image> images = new ArrayList<>();
    List<Preference> preferences = new ArrayList<>();
    for (int p = 0; p < pairs; p++) {
      int asked = random.nextInt(4);
      int other = (asked + 1 + random.nextInt(3)) % 4;
      boolean rightFirst = random.nextBoolean();
      images.add(square(rightFirst ? asked : other, random));
      images.add(square(rightFirst ? other : asked, random));
      preferences.add(
          new Preference(
              "a " + COLOURS.get(asked) + " square",
              2 * p,
              2 * p + 1,
              rightFirst ? Choice.SECOND : Choice.FIRST,
              "contrary",
              "",
              Preference.NO_REFERENCE,
              COLOURS.get(asked)));
    }
    return new PreferenceSet(images, preferences);
  }

  /** The same pairs, each with this reason. */
  public static PreferenceSet saying(PreferenceSet set, String reason) {
    return changed(set, p -> reason, p -> set.pairs().get(p).reference());
  }

  /** The same pairs, those of even number beside an image that lies so many rows on. */
  public static PreferenceSet beside(PreferenceSet set, int rowsOn) {
    int rows = set.images().size();
    return changed(
        set,
        p -> set.pairs().get(p).reason(),
        p -> p % 2 == 0 ? (2 * p + rowsOn) % rows : Preference.NO_REFERENCE);
  }

  private static PreferenceSet changed(
      PreferenceSet set, IntFunction<String> reason, IntUnaryOperator reference) {
    List<Preference> pairs = new ArrayList<>();
    for (int p = 0; p < set.size(); p++) {
      Preference pair = set.pairs().get(p);
      pairs.add(
          new Preference(
              pair.prompt(),
              pair.first(),
              pair.second(),
              pair.preferred(),
              pair.annotator(),
              reason.apply(p),
              reference.applyAsInt(p),
              pair.domain()));
    }
    return new PreferenceSet(set.images(), pairs);
  }

  public static PreferenceFile write(Path file, int pairs, long seed) throws StoreException {
    return PreferenceWriter.write(file, contrary(pairs, seed));
  }

  /** Muon and AdamW at rates that a judge learns by within tens of steps. */
  public static JudgeUpdateSettings settings(String recipe, int steps) {
    return new JudgeUpdateSettings(
        recipe,
        "none",
        11,
        steps,
        16,
        true,
        "log-odds",
        0.1,
        1,
        0.01,
        0.5,
        new UpdateSettings.Optimizer("muon", 2e-3, 1e-2, 0.9, 0.98, 1e-8, 0.01, 0.95, 1),
        new UpdateSettings.Schedule("cosine", 40, 2, 0.5, 0.1));
  }

  private static Image square(int colour, Random random) {
    byte[] rgb = new byte[SIDE * SIDE * 3];
    int half = 5 + random.nextInt(3);
    int x = half + random.nextInt(SIDE - 2 * half);
    int y = half + random.nextInt(SIDE - 2 * half);
    int background = 20 + random.nextInt(20);
    for (int i = 0; i < rgb.length; i++) {
      int pixel = i / 3;
      boolean inside = Math.abs(pixel % SIDE - x) < half && Math.abs(pixel / SIDE - y) < half;
      rgb[i] = (byte) (inside ? RGB[colour][i % 3] : background);
    }
    return Image.of(SIDE, SIDE, rgb);
  }
}
