package io.rewarddance.driver.loop;

import io.rewarddance.driver.config.RunConfig;
import java.nio.file.Path;
import java.util.Optional;

/** Makes runs, new or resumed, and reads back what they left. */
public interface RunEngine {
  /**
   * A new run in a directory of its own, which is made here with {@code config.yaml} in it.
   *
   * @param resolvedYaml the configuration with all defaults filled in, as it is to be kept
   * @throws RunException when the directory exists or can't be made
   */
  Run create(RunConfig config, String resolvedYaml) throws RunException;

  /**
   * A run that goes on where its journal ends.
   *
   * @param config as read from the directory's {@code config.yaml}
   * @throws RunException when the journal can't be read, doesn't fit the configuration, or says
   *     that the run is finished
   */
  Run resume(RunConfig config) throws RunException;

  /**
   * What the journal of a run holds, whether finished, running or killed; empty when the run never
   * came as far as its first line.
   *
   * @throws RunException when there is no journal, or it can't be read
   */
  Optional<RunHistory> history(Path directory) throws RunException;
}
