package io.rewarddance.rollout.store;

import java.nio.file.Path;

/** The file is sound, but not the one that was asked for: its sha-256 differs. */
public final class RolloutFileMismatchException extends StoreException {
  private static final long serialVersionUID = 1;

  RolloutFileMismatchException(Path path, String message) {
    super(path, message, null);
  }
}
