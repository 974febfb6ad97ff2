package io.rewarddance.embedded.trainer.loss;

import io.rewarddance.embedded.trainer.tensor.Network;
import io.rewarddance.embedded.trainer.tensor.Scopes;
import org.bytedeco.pytorch.Tensor;

/**
 * One network under three sets of weights, each in ascending order of names.
 *
 * @param trained the policy being trained; its tensors ask for gradients
 * @param sampling the policy that sampled
 * @param reference the initial policy
 */
public record Policies(Network network, Tensor[] trained, Tensor[] sampling, Tensor[] reference) {
  Tensor trainedVelocity(Inputs inputs) {
    return velocity(inputs, trained);
  }

  Tensor samplingVelocity(Inputs inputs) {
    return velocityWithoutGradient(inputs, sampling);
  }

  Tensor referenceVelocity(Inputs inputs) {
    return velocityWithoutGradient(inputs, reference);
  }

  private Tensor velocityWithoutGradient(Inputs inputs, Tensor[] weights) {
    return Scopes.withoutGradient(() -> velocity(inputs, weights));
  }

  private Tensor velocity(Inputs inputs, Tensor[] weights) {
    return network.velocity(inputs.x(), inputs.sigma(), inputs.tokens(), weights).flatten(1, -1);
  }

  /**
   * @param x [n, latent shape]
   * @param sigma [n]
   * @param tokens [n, words]
   */
  record Inputs(Tensor x, Tensor sigma, Tensor tokens) {}
}
