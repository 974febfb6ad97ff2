package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.AnyLoader;
import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.JudgeLoader;
import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.config.PreferencesConfig;
import io.rewarddance.driver.config.PreferencesLoader;
import io.rewarddance.driver.config.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A job that is no run, as its directory keeps it. */
interface KeptJob {
  /** Does what is left of it. */
  void goOn(JobSession session) throws Complaint;

  /**
   * @param directory with a {@code config.yaml}
   * @return nothing when it is a run's
   */
  static Optional<KeptJob> in(Path directory) throws Complaint {
    Path file = directory.resolve("config.yaml");
    try {
      Object config = new AnyLoader().load(file, List.of()).config();
      if (config instanceof JudgeTrainingConfig judge) {
        requirePlace(directory, judge.directory());
        SettingsFile<JudgeTrainingConfig> kept = new JudgeLoader().load(file, List.of());
        return Optional.of(session -> TrainJudgeCommand.train(kept, session));
      }
      if (config instanceof PreferencesConfig preferences) {
        requirePlace(directory, preferences.directory());
        SettingsFile<PreferencesConfig> kept = new PreferencesLoader().load(file, List.of());
        return Optional.of(session -> PreferencesCommand.collect(kept, session));
      }
      return Optional.empty();
    } catch (ConfigException e) {
      throw Complaint.usage(e);
    }
  }

  private static void requirePlace(Path directory, Path own) throws Complaint {
    if (!own.equals(directory)) {
      throw Complaint.usage(
          directory + " was begun as " + own + " (expected: there; move it back)");
    }
  }
}
