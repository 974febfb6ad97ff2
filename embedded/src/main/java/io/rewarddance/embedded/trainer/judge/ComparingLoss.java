package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.step.StepRunner.Term;
import org.bytedeco.pytorch.Tensor;

/**
 * A judge that compares: pairs that were judged beside a reference are asked against it, the others
 * against each other.
 */
record ComparingLoss(JudgeLoss besideReference, JudgeLoss eachOther) implements JudgeLoss {
  @Override
  public Term<JudgeMeasures> term(JudgeMinibatch minibatch, int[] samples, Tensor[] weights) {
    ByReference parts =
        ByReference.of(samples, sample -> minibatch.pairs().seen(minibatch.indices()[sample]));
    if (parts.with().length == 0) {
      return eachOther.term(minibatch, parts.without(), weights);
    }
    Term<JudgeMeasures> beside = besideReference.term(minibatch, parts.with(), weights);
    if (parts.without().length == 0) {
      return beside;
    }
    Term<JudgeMeasures> compared = eachOther.term(minibatch, parts.without(), weights);
    return new Term<>(
        beside.loss().add(compared.loss()), beside.measures().plus(compared.measures()));
  }
}
