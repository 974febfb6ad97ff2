package io.rewarddance.driver.judges.train;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.JudgeLoader;
import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.config.SettingsFile;
import io.rewarddance.driver.judges.JobControl;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.JobListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Training of the smallest base on a few pairs whose truth is plain: brighter is better. */
public final class TinyJudge {
  public static final Path ROOT =
      Path.of(System.getProperty("rewarddance.root", "..")).toAbsolutePath();

  private TinyJudge() {}

  /** Settings of a judge called {@code name}, trained on {@code pairs.h5} in {@code output}. */
  public static SettingsFile<JudgeTrainingConfig> load(
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

  public static JudgeSummary run(SettingsFile<JudgeTrainingConfig> file) throws JobException {
    return JudgeTraining.run(file, JobListener.SILENT, new JobControl());
  }
}
