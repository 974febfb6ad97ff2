package io.rewarddance.driver.config;

import java.nio.file.Path;
import java.util.List;

/** Reads experiment files. */
public final class ConfigLoader {
  private final SettingsLoader<RunConfig> loader = new SettingsLoader<>(new ExperimentKind());

  /**
   * @param file an experiment file
   * @param sets overrides {@code a.b=c}, in their order
   * @throws ConfigException naming everything that is wrong
   */
  public Experiment load(Path file, List<String> sets) throws ConfigException {
    SettingsFile<RunConfig> read = loader.load(file, sets);
    return new Experiment(read.config(), read.yaml(), read.file(), read.root());
  }
}
