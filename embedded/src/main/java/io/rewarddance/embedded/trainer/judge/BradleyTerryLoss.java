package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.step.StepRunner.Term;
import io.rewarddance.rollout.preference.Preference;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Bradley-Terry: -ln sigmoid(s(better) - s(worse)), s the log-odds of yes against no or the
 * probability of yes, plus the mean cross-entropy of "yes" for the better image and "no" for the
 * other. A judge with a scalar head answers with log-odds that are its score.
 */
final class BradleyTerryLoss implements JudgeLoss {
  private final Reading reading;
  private final AnswerWords words;
  private final Settings settings;
  private final Side side;

  /**
   * @param onProbability s is the probability of yes, else the log-odds
   * @param crossEntropyWeight 0 for judges that don't speak
   * @param reasonWeight of the reasons' cross-entropy
   */
  record Settings(boolean onProbability, double crossEntropyWeight, double reasonWeight) {}

  BradleyTerryLoss(Reading reading, AnswerWords words, Settings settings, Side side) {
    this.reading = reading;
    this.words = words;
    this.settings = settings;
    this.side = side;
  }

  @Override
  public Term<JudgeMeasures> term(JudgeMinibatch minibatch, int[] samples, Tensor[] weights) {
    Questions questions = questions(minibatch, samples);
    Reading.Heard heard = reading.read(questions, weights);
    Decisions decisions = new Decisions(words, heard.decision());
    Tensor lead = lead(decisions, settings.onProbability());
    Tensor crossEntropy = decisions.crossEntropy(questions.targets());
    Tensor each = torch.softplus(lead.neg()).add(weighted(crossEntropy, heard));
    Tensor loss = each.sum().div(new Scalar((double) minibatch.size()));
    return new Term<>(
        loss,
        new JudgeMeasures(
            samples.length,
            Decisions.sum(each),
            settings.crossEntropyWeight() == 0 ? 0 : Decisions.sum(crossEntropy),
            Decisions.sum(heard.reasonLoss()),
            Decisions.positive(lead),
            samples.length,
            settings.crossEntropyWeight() == 0 ? 0 : questions.size(),
            Decisions.reasons(questions, heard)));
  }

  /** s(better) - s(worse) [n], of answers for all better images and then for all worse ones. */
  static Tensor lead(Decisions decisions, boolean onProbability) {
    Tensor score = onProbability ? decisions.logOdds().sigmoid() : decisions.logOdds();
    long half = score.size(0) / 2;
    return score.narrow(0, 0, half).sub(score.narrow(0, half, half));
  }

  /** The cross-entropies of a pair's two questions, halved. */
  private Tensor weighted(Tensor crossEntropy, Reading.Heard heard) {
    Tensor each = crossEntropy.mul(new Scalar(settings.crossEntropyWeight()));
    if (heard.reasonLoss() != null) {
      each = each.add(heard.reasonLoss().mul(new Scalar(settings.reasonWeight())));
    }
    long half = each.size(0) / 2;
    return each.narrow(0, 0, half).add(each.narrow(0, half, half)).mul(new Scalar(0.5));
  }

  private Questions questions(JudgeMinibatch minibatch, int[] samples) {
    Questions questions = new Questions(minibatch.pairs(), minibatch.pixels());
    for (boolean better : new boolean[] {true, false}) {
      for (int sample : samples) {
        int p = minibatch.indices()[sample];
        Preference pair = minibatch.pairs().pair(p);
        int image = better ? pair.better() : pair.worse();
        side.ask(questions, p, image, better, 2 * sample + (better ? 0 : 1));
      }
    }
    return questions;
  }
}
