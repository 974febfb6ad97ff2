package io.rewarddance.rollout.store;

import java.nio.file.Path;

/**
 * A rollout file that is on disk, read back and found equal to its batch.
 *
 * @param path where
 * @param sha256 lower-case hex digest of the whole file, as {@code sha256sum} prints it
 * @param bytes its size
 */
public record StoredRollouts(Path path, String sha256, long bytes) {}
