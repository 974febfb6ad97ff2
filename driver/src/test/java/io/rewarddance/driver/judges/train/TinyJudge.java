package io.rewarddance.driver.judges.train;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.JudgeLoader;
import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.config.SettingsFile;
import io.rewarddance.driver.judges.JobControl;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.JobListener;
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

/** Training of the smallest base on a few pairs whose truth is plain: brighter is better. */
final class TinyJudge {
  static final Path ROOT = Path.of(System.getProperty("rewarddance.root", "..")).toAbsolutePath();

  private TinyJudge() {}

  /** Settings of a judge called {@code name}, trained on {@code pairs.h5} in {@code output}. */
  static SettingsFile<JudgeTrainingConfig> load(
      Path output, String name, String recipe, String... more) {
    List<String> sets = new ArrayList<>();
    sets.add("threads=1");
    sets.add("judge=" + name);
    sets.add("output='" + output + "'");
    sets.add("base=triton-models/bases/shapes_vlm_xs");
    sets.add("preferences='" + output.resolve("pairs.h5") + "'");
    sets.add("validation=[{name: own, file: '" + output.resolve("own.h5") + "'}]");
    sets.add("updates=3");
    sets.add("steps=4");
    sets.add("training.minibatch=8");
    sets.add("training.average=0");
    sets.add("keep={}");
    sets.add("prove.pairs=5");
    sets.add("publish={repository: '" + output.resolve("repository") + "'}");
    sets.addAll(List.of(more));
    try {
      Path file = ROOT.resolve("experiments/judges").resolve(recipe + ".yaml");
      return new JudgeLoader().load(file, sets);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static JudgeSummary run(SettingsFile<JudgeTrainingConfig> file) throws JobException {
    return JudgeTraining.run(file, JobListener.SILENT, new JobControl());
  }

  /** Both files that {@link #load} names. */
  static void writePairs(Path output) throws Exception {
    write(output.resolve("pairs.h5"), 48, 1);
    write(output.resolve("own.h5"), 20, 2);
  }

  /** The same, half of the pairs with an image of another pair seen beside them. */
  static void writePairsBesideReferences(Path output) throws Exception {
    writePairs(output);
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

  static PreferenceFile write(Path file, int count, long seed) throws Exception {
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
