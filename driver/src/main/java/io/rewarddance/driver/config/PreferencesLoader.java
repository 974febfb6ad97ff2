package io.rewarddance.driver.config;

import java.nio.file.Path;
import java.util.List;

/** Reads files that say which preferences to collect. */
public final class PreferencesLoader {
  private final SettingsLoader<PreferencesConfig> loader =
      new SettingsLoader<>(new PreferencesKind());

  /**
   * @param file a preferences file
   * @param sets overrides {@code a.b=c}, in their order
   * @throws ConfigException naming everything that is wrong
   */
  public SettingsFile<PreferencesConfig> load(Path file, List<String> sets) throws ConfigException {
    return loader.load(file, sets);
  }
}
