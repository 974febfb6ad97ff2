package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.tensor.Tensors;
import io.rewarddance.rollout.preference.Preference;
import org.bytedeco.pytorch.Tensor;

/**
 * P(yes) against P(no) with the first image as the reference; asked in both orders, the mean of
 * that and of what the other order leaves.
 */
final class PairwiseVerdict implements Verdict {
  private final Reading reading;
  private final AnswerWords words;
  private final boolean bothOrders;

  PairwiseVerdict(Reading reading, AnswerWords words, boolean bothOrders) {
    this.reading = reading;
    this.words = words;
    this.bothOrders = bothOrders;
  }

  @Override
  public double[] secondBetter(Pairs pairs, int[] indices, Tensor[] weights) {
    double[] forward = better(pairs, indices, weights, false);
    if (!bothOrders) {
      return forward;
    }
    double[] swapped = better(pairs, indices, weights, true);
    for (int i = 0; i < forward.length; i++) {
      forward[i] = (forward[i] + 1 - swapped[i]) / 2;
    }
    return forward;
  }

  private double[] better(Pairs pairs, int[] indices, Tensor[] weights, boolean swapped) {
    Questions questions = new Questions(pairs, PixelNoise.none());
    for (int p : indices) {
      Preference pair = pairs.pair(p);
      int reference = swapped ? pair.second() : pair.first();
      int image = swapped ? pair.first() : pair.second();
      questions.compare(p, reference, image, image == pair.better(), 0);
    }
    Decisions decisions = new Decisions(words, reading.read(questions, weights).decision());
    return Tensors.doubles(decisions.logOdds().sigmoid());
  }
}
