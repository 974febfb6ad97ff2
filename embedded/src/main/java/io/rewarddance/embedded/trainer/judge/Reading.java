package io.rewarddance.embedded.trainer.judge;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** How a judge's decision is read. */
@FunctionalInterface
interface Reading {
  Heard read(Questions questions, Tensor[] weights);

  /**
   * @param decision log-probabilities where the decision is said, [n, V] in double
   * @param reasonLoss mean cross-entropy of the words of each question's reason, [n], 0 for those
   *     without one; null when reasons aren't trained
   */
  record Heard(Tensor decision, Tensor reasonLoss) {}

  /** At once. */
  static Reading atOnce(JudgeNetwork network) {
    return (questions, weights) ->
        new Heard(network.logProbs(questions.inputs(), weights).to(ScalarType.Double), null);
  }
}
