package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.step.StepRunner.Term;
import io.rewarddance.rollout.preference.Preference;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Next-token cross-entropy of "is the image better than the reference?": -ln P(yes) where it was
 * preferred, else -ln P(no), over the full vocabulary. Each pair is asked in both orders, or in one
 * that a coin decides.
 */
final class PairwiseLoss implements JudgeLoss {
  private final Reading reading;
  private final AnswerWords words;
  private final boolean bothOrders;
  private final double reasonWeight;

  PairwiseLoss(Reading reading, AnswerWords words, boolean bothOrders, double reasonWeight) {
    this.reading = reading;
    this.words = words;
    this.bothOrders = bothOrders;
    this.reasonWeight = reasonWeight;
  }

  @Override
  public Term<JudgeMeasures> term(JudgeMinibatch minibatch, int[] samples, Tensor[] weights) {
    Questions questions = questions(minibatch, samples);
    Reading.Heard heard = reading.read(questions, weights);
    Decisions decisions = new Decisions(words, heard.decision());
    Tensor crossEntropy = decisions.crossEntropy(questions.targets());
    Tensor each =
        heard.reasonLoss() == null
            ? crossEntropy
            : crossEntropy.add(heard.reasonLoss().mul(new Scalar(reasonWeight)));
    double perPair = questions.size() / (double) samples.length;
    Tensor loss = each.sum().div(new Scalar(perPair * minibatch.size()));
    return new Term<>(
        loss,
        new JudgeMeasures(
            samples.length,
            Decisions.sum(each) / perPair,
            Decisions.sum(crossEntropy),
            Decisions.sum(heard.reasonLoss()),
            decisions.right(questions),
            questions.size(),
            questions.size(),
            Decisions.reasons(questions, heard)));
  }

  private Questions questions(JudgeMinibatch minibatch, int[] samples) {
    Questions questions = new Questions(minibatch.pairs(), minibatch.pixels());
    for (int sample : samples) {
      boolean swapped = minibatch.coin(sample);
      ask(questions, minibatch, sample, swapped, 2 * sample);
      if (bothOrders) {
        ask(questions, minibatch, sample, !swapped, 2 * sample + 1);
      }
    }
    return questions;
  }

  private static void ask(
      Questions questions, JudgeMinibatch minibatch, int sample, boolean swapped, int number) {
    int p = minibatch.indices()[sample];
    Preference pair = minibatch.pairs().pair(p);
    int reference = swapped ? pair.second() : pair.first();
    int image = swapped ? pair.first() : pair.second();
    questions.compare(p, reference, image, image == pair.better(), number);
  }
}
