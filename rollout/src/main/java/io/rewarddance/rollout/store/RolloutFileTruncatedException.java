package io.rewarddance.rollout.store;

import java.nio.file.Path;

/** The file ends early: its writer was stopped, or a copy was cut short. */
public final class RolloutFileTruncatedException extends StoreException {
  private static final long serialVersionUID = 1;

  RolloutFileTruncatedException(Path path, String message) {
    super(path, message, null);
  }
}
