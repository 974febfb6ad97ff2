package io.rewarddance.rollout.store;

import java.nio.file.Path;

/** The file is a rollout file of a format version that this program can't read. */
public final class RolloutFileVersionException extends StoreException {
  private static final long serialVersionUID = 1;

  RolloutFileVersionException(Path path, String message) {
    super(path, message, null);
  }
}
