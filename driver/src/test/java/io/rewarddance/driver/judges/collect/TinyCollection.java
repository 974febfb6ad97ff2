package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.PreferencesConfig;
import io.rewarddance.driver.config.PreferencesLoader;
import io.rewarddance.driver.config.SettingsFile;
import io.rewarddance.driver.judges.JobControl;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.JobListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The shipped collection, so small that it is over in seconds. */
public final class TinyCollection {
  /** Of the module's tests. */
  public static final Path ROOT = Path.of(System.getProperty("rewarddance.root", ".."));

  private static final String SETS =
      """
      sets=[
        {name: train, prompts: triton-models/prompts/shapes-train.jsonl, groups: 8, group_size: 3,
         sources: [shipped, hasty], mismatched: 0.3, annotators: [careful, hurried], answers: 2},
        {name: harder, prompts: triton-models/prompts/shapes-heldout.jsonl, groups: 4, group_size: 3,
         sources: [noisy], annotators: [exact], domain: both, corruption: {pixel_noise: 0.1}}]
      """;

  private TinyCollection() {}

  /** Settings of a collection called {@code name}. */
  public static SettingsFile<PreferencesConfig> load(Path output, String name, String... more) {
    List<String> sets = new ArrayList<>(List.of("threads=1", SETS));
    sets.add("name=" + name);
    sets.add("output='" + output + "'");
    sets.addAll(List.of(more));
    try {
      return new PreferencesLoader()
          .load(ROOT.resolve("experiments/preferences/shapes.yaml"), sets);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static CollectionSummary run(Path output, String name, String... more)
      throws JobException {
    return PreferenceCollection.run(load(output, name, more), JobListener.SILENT, new JobControl());
  }
}
