package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.step.StepRunner.Term;
import org.bytedeco.pytorch.Tensor;

/** What a judge's training minimises: a mean over pairs. */
interface JudgeLoss {
  /**
   * The share of some pairs in the loss of their minibatch.
   *
   * @param samples numbers within the minibatch
   */
  Term<JudgeMeasures> term(JudgeMinibatch minibatch, int[] samples, Tensor[] weights);
}
