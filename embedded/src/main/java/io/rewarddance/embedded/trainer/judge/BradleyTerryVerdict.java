package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.tensor.Tensors;
import io.rewarddance.rollout.preference.Preference;
import org.bytedeco.pytorch.Tensor;

/** The Bradley-Terry probability: the sigmoid of how far the second image's score is ahead. */
final class BradleyTerryVerdict implements Verdict {
  private final Reading reading;
  private final AnswerWords words;
  private final boolean onProbability;
  private final Side side;

  BradleyTerryVerdict(Reading reading, AnswerWords words, boolean onProbability, Side side) {
    this.reading = reading;
    this.words = words;
    this.onProbability = onProbability;
    this.side = side;
  }

  @Override
  public double[] secondBetter(Pairs pairs, int[] indices, Tensor[] weights) {
    Questions questions = new Questions(pairs, PixelNoise.none());
    for (boolean second : new boolean[] {true, false}) {
      for (int p : indices) {
        Preference pair = pairs.pair(p);
        int image = second ? pair.second() : pair.first();
        side.ask(questions, p, image, image == pair.better(), 0);
      }
    }
    Decisions decisions = new Decisions(words, reading.read(questions, weights).decision());
    return Tensors.doubles(BradleyTerryLoss.lead(decisions, onProbability).sigmoid());
  }
}
