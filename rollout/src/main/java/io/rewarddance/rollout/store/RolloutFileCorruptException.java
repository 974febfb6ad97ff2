package io.rewarddance.rollout.store;

import java.nio.file.Path;

/** Bytes of the file have changed since it was written. */
public final class RolloutFileCorruptException extends StoreException {
  private static final long serialVersionUID = 1;

  RolloutFileCorruptException(Path path, String message, Throwable cause) {
    super(path, message, cause);
  }
}
