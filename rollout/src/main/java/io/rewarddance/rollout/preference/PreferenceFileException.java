package io.rewarddance.rollout.preference;

import java.io.IOException;
import java.nio.file.Path;

/** A preference file that can't be used, and what is wrong with it. */
public final class PreferenceFileException extends IOException {
  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Kind {
    /** There is no such file. */
    MISSING,
    /** It ends early. */
    TRUNCATED,
    /** Its bytes aren't those that were written, or aren't readable as HDF5. */
    CORRUPT,
    /** Not HDF5, or HDF5 of another kind. */
    FOREIGN,
    /** Of another format version. */
    VERSION,
    /** Sound, but its sha-256 isn't the expected one. */
    MISMATCH,
    /** A dataset is missing, or a type, shape, row number or text can't be. */
    CONTENT,
    /** Any other failure of the file system. */
    UNREADABLE
  }

  private final Kind kind;
  private final transient Path path;

  PreferenceFileException(Kind kind, Path path, String message, Throwable cause) {
    super(path + ": " + message, cause);
    this.kind = kind;
    this.path = path;
  }

  public Kind kind() {
    return kind;
  }

  /** The file it is about. */
  public Path path() {
    return path;
  }
}
