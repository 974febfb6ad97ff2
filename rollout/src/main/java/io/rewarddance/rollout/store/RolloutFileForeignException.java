package io.rewarddance.rollout.store;

import java.nio.file.Path;

/** The file isn't a rollout file. */
public final class RolloutFileForeignException extends StoreException {
  private static final long serialVersionUID = 1;

  RolloutFileForeignException(Path path, String message) {
    super(path, message, null);
  }
}
