package io.rewarddance.rollout.store;

import java.nio.file.Path;

/** There is no such file. */
public final class RolloutFileMissingException extends StoreException {
  private static final long serialVersionUID = 1;

  RolloutFileMissingException(Path path, String message) {
    super(path, message, null);
  }
}
