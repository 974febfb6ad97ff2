package io.rewarddance.driver.config;

import java.nio.file.Path;
import java.util.List;

/** Reads files that say how a judge is trained. */
public final class JudgeLoader {
  private final SettingsLoader<JudgeTrainingConfig> loader = new SettingsLoader<>(new JudgeKind());

  /**
   * @param file a judge file
   * @param sets overrides {@code a.b=c}, in their order
   * @throws ConfigException naming everything that is wrong
   */
  public SettingsFile<JudgeTrainingConfig> load(Path file, List<String> sets)
      throws ConfigException {
    return loader.load(file, sets);
  }
}
