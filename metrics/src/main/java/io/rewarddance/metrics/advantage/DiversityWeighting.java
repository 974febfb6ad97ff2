package io.rewarddance.metrics.advantage;

import io.rewarddance.metrics.stat.Values;
import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;

/** Centred rewards weighted by how far a sample is from the others of its group (GARDO). */
public final class DiversityWeighting {
  private DiversityWeighting() {}

  /**
   * {@code (r - mean(r)) * d / mean(d)}; d = mean distance of a sample to the others of its group.
   * Zeros when all distances are 0: duplicates teach nothing.
   *
   * @param rewards finite
   * @param distances as many, finite, not negative
   */
  public static double[] advantages(double[] rewards, double[] distances) {
    Values.finite(rewards, "rewards", 1);
    Values.finite(distances, "distances", 1);
    if (rewards.length != distances.length || Arrays.stream(distances).anyMatch(d -> d < 0)) {
      throw new IllegalArgumentException(
          "distances: "
              + Arrays.toString(distances)
              + " (expected: "
              + rewards.length
              + " values >= 0)");
    }
    double meanDistance = StatUtils.mean(distances);
    double[] advantages = new double[rewards.length];
    if (meanDistance == 0 || Values.allEqual(rewards)) {
      return advantages;
    }
    double meanReward = StatUtils.mean(rewards);
    for (int i = 0; i < advantages.length; i++) {
      advantages[i] = (rewards[i] - meanReward) * distances[i] / meanDistance;
    }
    return advantages;
  }
}
