package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.AnyLoader;
import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.config.PreferencesConfig;
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
    SettingsFile<?> kept;
    try {
      kept = new AnyLoader().load(directory.resolve("config.yaml"), List.of());
    } catch (ConfigException e) {
      throw Complaint.usage(e);
    }
    if (kept.config() instanceof JudgeTrainingConfig judge) {
      requirePlace(directory, judge.directory());
      return Optional.of(session -> TrainJudgeCommand.train(with(judge, kept), session));
    }
    if (kept.config() instanceof PreferencesConfig preferences) {
      requirePlace(directory, preferences.directory());
      return Optional.of(session -> PreferencesCommand.collect(with(preferences, kept), session));
    }
    return Optional.empty();
  }

  private static <C> SettingsFile<C> with(C config, SettingsFile<?> kept) {
    return new SettingsFile<>(config, kept.yaml(), kept.file(), kept.root());
  }

  private static void requirePlace(Path directory, Path own) throws Complaint {
    if (!own.equals(directory)) {
      throw Complaint.usage(
          directory + " was begun as " + own + " (expected: there; move it back)");
    }
  }
}
