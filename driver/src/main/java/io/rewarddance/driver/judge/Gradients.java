package io.rewarddance.driver.judge;

import io.rewarddance.rollout.ImageGradient;
import java.util.List;
import java.util.Optional;

/** Several image gradients as one. */
final class Gradients {
  private Gradients() {}

  /**
   * Gradient of the log of the mean P(yes) over several questions about one image: each question's
   * own, weighed by its P(yes). It is exact where all questions have the same yes + no mass.
   *
   * @return empty when a question has none
   */
  static Optional<ImageGradient> ofMean(List<Verdict> verdicts) {
    if (verdicts.size() == 1) {
      return verdicts.get(0).gradient();
    }
    double total = verdicts.stream().mapToDouble(v -> v.answer().probability()).sum();
    double[] sum = null;
    for (Verdict verdict : verdicts) {
      if (verdict.gradient().isEmpty()) {
        return Optional.empty();
      }
      float[] values = verdict.gradient().get().values();
      sum = sum == null ? new double[values.length] : sum;
      // Where no question can be answered by yes, none is nearer to it than another.
      double share = total > 0 ? verdict.answer().probability() / total : 1.0 / verdicts.size();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += share * values[i];
      }
    }
    ImageGradient first = verdicts.get(0).gradient().orElseThrow();
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) sum[i];
    }
    return Optional.of(new ImageGradient(first.height(), first.width(), mean));
  }
}
