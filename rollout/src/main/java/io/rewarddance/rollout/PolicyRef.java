package io.rewarddance.rollout;

/**
 * Which weights answered.
 *
 * @param version the generator's version directory in Triton, at least 1
 * @param digest lower-case hex sha-256 of its weights file
 */
public record PolicyRef(long version, String digest) {
  public PolicyRef {
    Check.that(version >= 1, "version", version, ">= 1");
    Check.digest(digest, "digest");
  }

  /** {@code version 3 (0123456789ab)}. */
  @Override
  public String toString() {
    return "version " + version + " (" + digest.substring(0, 12) + ")";
  }
}
