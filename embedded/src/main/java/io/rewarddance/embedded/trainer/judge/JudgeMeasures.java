package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.step.Summed;

/**
 * Sums over pairs.
 *
 * @param pairs pairs
 * @param loss sum of their losses
 * @param crossEntropy sum over the questions' decisions
 * @param reasonLoss sum over the questions that have a reason
 * @param right answers that were right, ties as a half
 * @param asked answers that can be right
 * @param decisions questions whose decision has a cross-entropy
 * @param reasons questions that have a reason
 */
record JudgeMeasures(
    long pairs,
    double loss,
    double crossEntropy,
    double reasonLoss,
    double right,
    long asked,
    long decisions,
    long reasons)
    implements Summed<JudgeMeasures> {
  static final JudgeMeasures NONE = new JudgeMeasures(0, 0, 0, 0, 0, 0, 0, 0);

  @Override
  public JudgeMeasures plus(JudgeMeasures other) {
    return new JudgeMeasures(
        pairs + other.pairs,
        loss + other.loss,
        crossEntropy + other.crossEntropy,
        reasonLoss + other.reasonLoss,
        right + other.right,
        asked + other.asked,
        decisions + other.decisions,
        reasons + other.reasons);
  }

  double meanLoss() {
    return mean(loss, pairs);
  }

  double meanCrossEntropy() {
    return mean(crossEntropy, decisions);
  }

  double meanReasonLoss() {
    return mean(reasonLoss, reasons);
  }

  double accuracy() {
    return mean(right, asked);
  }

  private static double mean(double sum, long count) {
    return count == 0 ? 0 : sum / count;
  }
}
