package io.rewarddance.metrics.reward;

import io.rewarddance.metrics.stat.Values;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/** A judge's own noise: how much its answer to the same question differs from call to call. */
public final class RepeatNoise {
  private RepeatNoise() {}

  /**
   * Pooled sample standard deviation over questions: root of sum of squared deviations over the sum
   * of (repeats - 1). Use it as the floor of the advantage's standard deviation.
   *
   * @param answers for each question the answers to its repeats; at least one question has two
   */
  public static double floor(List<double[]> answers) {
    double squares = 0;
    long freedom = 0;
    for (double[] repeats : answers) {
      Values.finite(repeats, "answers", 1);
      if (!Values.allEqual(repeats)) {
        squares += StatUtils.populationVariance(repeats) * repeats.length;
      }
      freedom += repeats.length - 1;
    }
    if (freedom == 0) {
      throw new IllegalArgumentException(
          "answers: no question asked twice (expected: at least one)");
    }
    return Math.sqrt(squares / freedom);
  }
}
