package io.rewarddance.embedded.model;

import io.rewarddance.proto.triton.ModelConfig;
import java.nio.file.Path;

/** Opens versions of one kind of model: the value of the {@code rewarddance_model} parameter. */
@FunctionalInterface
public interface ModelFactory {
  /**
   * Loads a version; a later change of its files must not show.
   *
   * @param config the model's configuration, already validated
   * @param versionDirectory the version's files
   * @param version its number
   * @param pool workers shared by all models
   * @throws ModelLoadException naming the file or parameter and what was expected
   */
  ServedModel open(ModelConfig config, Path versionDirectory, long version, ExecutionPool pool)
      throws ModelLoadException;
}
