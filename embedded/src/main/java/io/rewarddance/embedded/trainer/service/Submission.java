package io.rewarddance.embedded.trainer.service;

import java.nio.file.Path;

/**
 * A rollout file offered for training.
 *
 * @param digest lower-case hex sha-256 of the file
 * @param file where it lies for as long as the update lasts
 */
public record Submission(String run, int iteration, String digest, Path file) {
  boolean isFor(String otherRun, int otherIteration) {
    return run.equals(otherRun) && iteration == otherIteration;
  }
}
