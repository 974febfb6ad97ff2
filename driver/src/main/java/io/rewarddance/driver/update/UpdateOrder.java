package io.rewarddance.driver.update;

import java.nio.file.Path;

/**
 * What to train on.
 *
 * @param file the iteration's rollout file
 * @param sha256 its digest, which with run and iteration names the update
 */
public record UpdateOrder(String run, int iteration, Path file, String sha256) {
  String path() {
    return "/v1/runs/" + run + "/updates/" + iteration;
  }
}
