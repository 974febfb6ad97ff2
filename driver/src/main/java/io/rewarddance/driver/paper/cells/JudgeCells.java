package io.rewarddance.driver.paper.cells;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.JudgeLoader;
import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.config.PreferencesConfig;
import io.rewarddance.driver.config.PreferencesLoader;
import io.rewarddance.driver.config.SettingsFile;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.collect.PreferenceCollection;
import io.rewarddance.driver.judges.train.JudgeTraining;
import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.work.CellException;
import io.rewarddance.driver.paper.work.CellException.Reason;
import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.paper.work.CellWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Preferences and judges, as {@code rewarddance preferences} and {@code train-judge} make them. */
final class JudgeCells {
  private final World world;

  JudgeCells(World world) {
    this.world = world;
  }

  CellNumbers collect(Cell cell, Path directory, CellWatch watch) throws CellException {
    return done(
        () -> {
          SettingsFile<PreferencesConfig> file =
              new PreferencesLoader().load(world.template(cell.kind()), world.settings(cell));
          keep(directory, cell, file.yaml());
          return JudgeNumbers.of(
              PreferenceCollection.run(file, Jobs.listener(watch), Jobs.control(watch)));
        });
  }

  CellNumbers train(Cell cell, Path directory, CellWatch watch) throws CellException {
    return done(
        () -> {
          world.prepareRepository();
          SettingsFile<JudgeTrainingConfig> file =
              new JudgeLoader().load(world.template(cell.kind()), world.settings(cell));
          keep(directory, cell, file.yaml());
          return JudgeNumbers.of(
              JudgeTraining.run(file, Jobs.listener(watch), Jobs.control(watch)));
        });
  }

  /** A job that may fail in any of these ways. */
  private interface Job {
    CellNumbers run() throws ConfigException, JobException, IOException;
  }

  private static CellNumbers done(Job job) throws CellException {
    try {
      return job.run();
    } catch (JobException e) {
      throw Jobs.failed(e);
    } catch (ConfigException e) {
      throw new CellException(Reason.SETTINGS, e.getMessage(), e);
    } catch (IOException e) {
      throw new CellException(Reason.FAILED, e.toString(), e);
    }
  }

  /** The cell's settings over the template, to be run by hand. */
  private static void keep(Path directory, Cell cell, String yaml) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(cell.kind().template()), yaml);
  }
}
