package io.rewarddance.embedded.trainer.loss;

import java.util.Locale;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Estimators of the KL divergence from the reference policy to the trained one, per sample. With d
 * = logProb - referenceLogProb, both means over the elements, as the policy ratio is.
 */
public enum KlEstimator {
  /** mean((mean - referenceMean)^2) / (2 std^2): the divergence itself, of the step's Gaussians. */
  GAUSSIAN,
  /** d: unbiased, may be negative. */
  K1,
  /** d^2 / 2. */
  K2,
  /** exp(-d) - 1 + d: unbiased and not negative. */
  K3;

  /**
   * @throws IllegalArgumentException when no estimator has this name
   */
  public static KlEstimator of(String name) {
    for (KlEstimator estimator : values()) {
      if (estimator.wireName().equals(name)) {
        return estimator;
      }
    }
    throw new IllegalArgumentException(
        "klEstimator: " + name + " (expected: gaussian, k1, k2 or k3 for grpo)");
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param distance mean over the elements of (mean - referenceMean)^2 / (2 std^2), [n, 1]
   * @param difference d, [n, 1]
   * @return [n, 1]
   */
  Tensor estimate(Tensor distance, Tensor difference) {
    return switch (this) {
      case GAUSSIAN -> distance;
      case K1 -> difference;
      case K2 -> difference.square().div(new Scalar(2.0));
      case K3 -> difference.neg().exp().sub(new Scalar(1.0)).add(difference);
    };
  }
}
