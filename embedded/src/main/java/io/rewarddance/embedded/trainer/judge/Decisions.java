package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Yes and no of log-probabilities [n, V]. */
final class Decisions {
  private final Tensor yes; // [n]
  private final Tensor no; // [n]

  Decisions(AnswerWords words, Tensor logProbs) {
    this.yes = words.yes(logProbs);
    this.no = words.no(logProbs);
  }

  /** Of yes against no, [n]. */
  Tensor logOdds() {
    return yes.sub(no);
  }

  /**
   * -ln of the right answer's probability, [n].
   *
   * @param targets 1 for yes, 0 for no, [n]
   */
  Tensor crossEntropy(Tensor targets) {
    return yes.mul(targets).add(no.mul(targets.neg().add(new Scalar(1.0)))).neg();
  }

  /** How many questions were answered rightly, ties as a half. */
  double right(Questions questions) {
    double[] odds = Tensors.doubles(logOdds());
    double right = 0;
    for (int q = 0; q < odds.length; q++) {
      right += share(questions.yes(q) ? odds[q] : -odds[q]);
    }
    return right;
  }

  /** How many elements are above 0, those at 0 as a half. */
  static double positive(Tensor column) {
    double count = 0;
    for (double value : Tensors.doubles(column)) {
      count += share(value);
    }
    return count;
  }

  /** Sum of the elements in their order; 0 of null. */
  static double sum(Tensor column) {
    double sum = 0;
    if (column != null) {
      for (double value : Tensors.doubles(column)) {
        sum += value;
      }
    }
    return sum;
  }

  /** Questions whose reason was learned. */
  static long reasons(Questions questions, Reading.Heard heard) {
    long count = 0;
    for (int q = 0; heard.reasonLoss() != null && q < questions.size(); q++) {
      count += questions.reason(q).length > 0 ? 1 : 0;
    }
    return count;
  }

  private static double share(double lead) {
    return lead > 0 ? 1 : lead == 0 ? 0.5 : 0;
  }
}
