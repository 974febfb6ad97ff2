package io.rewarddance.embedded.trainer.loss;

import io.rewarddance.embedded.sampling.Step;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One sampler step a row, as Gaussians: the state it started from, the state it led to, and how a
 * velocity becomes the mean. In double, as the sampler computes log-probabilities.
 */
final class Transitions {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final Tensor start; // [n, D], already multiplied by the step's state weight
  private final Tensor next; // [n, D]
  private final Tensor velocityWeight; // [n, 1]
  private final Tensor inverseStd; // [n, 1]
  private final Tensor constant; // [n, 1]: -ln std - ln(2 pi) / 2

  /**
   * @param state [n, D]
   * @param next [n, D]
   */
  Transitions(Slice slice, Tensor state, Tensor next, Step[] steps) {
    double[] stateWeights = new double[steps.length];
    double[] velocityWeights = new double[steps.length];
    double[] inverse = new double[steps.length];
    double[] constants = new double[steps.length];
    for (int i = 0; i < steps.length; i++) {
      stateWeights[i] = steps[i].stateWeight();
      velocityWeights[i] = steps[i].velocityWeight();
      inverse[i] = 1 / steps[i].std();
      constants[i] = -Math.log(steps[i].std()) - HALF_LOG_TWO_PI;
    }
    this.start = state.to(ScalarType.Double).mul(slice.exactColumn(stateWeights));
    this.next = next.to(ScalarType.Double);
    this.velocityWeight = slice.exactColumn(velocityWeights);
    this.inverseStd = slice.exactColumn(inverse);
    this.constant = slice.exactColumn(constants);
  }

  /** Mean of the next state under a velocity, [n, D]. */
  Tensor mean(Tensor velocity) {
    return velocity.to(ScalarType.Double).mul(velocityWeight).add(start);
  }

  /** Log-density of the next state under its mean: the mean over the elements, in nats, [n, 1]. */
  Tensor logProb(Tensor mean) {
    return halfSquareDistance(next, mean).neg().add(constant);
  }

  /** Mean over the elements of (a - b)^2 / (2 std^2), [n, 1]. */
  Tensor halfSquareDistance(Tensor a, Tensor b) {
    return Rows.meanSquare(a.sub(b).mul(inverseStd)).mul(new Scalar(0.5));
  }
}
