package io.rewarddance.rollout.preference;

import java.nio.file.Path;

/**
 * A preference file that was read, or written and read back.
 *
 * @param path where it lies
 * @param sha256 lower-case hex digest of the whole file, as {@code sha256sum} prints it
 * @param bytes its size
 * @param set its content
 */
public record PreferenceFile(Path path, String sha256, long bytes, PreferenceSet set) {}
