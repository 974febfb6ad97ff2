package io.rewarddance.rollout.store;

import java.io.IOException;
import java.nio.file.Path;

/** A rollout file couldn't be written, or isn't one that can be trusted. */
public abstract sealed class StoreException extends IOException
    permits RolloutFileMissingException,
        RolloutFileTruncatedException,
        RolloutFileCorruptException,
        RolloutFileForeignException,
        RolloutFileVersionException,
        RolloutFileMismatchException,
        StoreFullException,
        StoreFailedException {
  private static final long serialVersionUID = 1;

  private final transient Path path;

  StoreException(Path path, String message, Throwable cause) {
    super(path + ": " + message, cause);
    this.path = path;
  }

  /** The file it is about. */
  public Path path() {
    return path;
  }
}
