package io.rewarddance.rollout.store;

import java.nio.file.Path;

/** The file couldn't be read or written for a reason outside its content. */
public final class StoreFailedException extends StoreException {
  private static final long serialVersionUID = 1;

  StoreFailedException(Path path, String message, Throwable cause) {
    super(path, message, cause);
  }
}
