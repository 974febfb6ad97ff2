package io.rewarddance.rollout.store;

import java.nio.file.Path;

/** No space is left for the file; nothing of it remains on disk. */
public final class StoreFullException extends StoreException {
  private static final long serialVersionUID = 1;

  StoreFullException(Path path, String message, Throwable cause) {
    super(path, message, cause);
  }
}
