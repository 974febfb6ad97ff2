package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A judge that goes on after its answer, with the right words fed back to it: the decision and then
 * the reason, or the reason and then the decision.
 */
final class TaughtReading implements Reading {
  private final JudgeNetwork network;
  private final Reasons reasons;
  private final AnswerWords words;
  private final int answerTokens;

  /**
   * @param network gives log-probabilities [n, T + 1, V]
   * @param answerTokens T
   */
  TaughtReading(JudgeNetwork network, Reasons reasons, AnswerWords words, int answerTokens) {
    this.network = network;
    this.reasons = reasons;
    this.words = words;
    this.answerTokens = answerTokens;
  }

  @Override
  public Heard read(Questions questions, Tensor[] weights) {
    int count = questions.size();
    long[][] answers = new long[count][];
    long[] decisions = new long[count];
    List<Word> said = new ArrayList<>();
    for (int q = 0; q < count; q++) {
      answers[q] = answer(questions, q);
      decisions[q] = q * (answerTokens + 1L) + decisionAt(questions, q);
      said.addAll(words(questions, q));
    }
    Tensor logProbs =
        network.logProbs(questions.inputs(answers), weights).to(ScalarType.Double).flatten(0, 1);
    Tensor decision = logProbs.index_select(0, Tensors.of(decisions, count));
    return new Heard(decision, reasonLoss(logProbs, said, count));
  }

  /**
   * A word of a reason that the judge is to say.
   *
   * @param position in the answer
   * @param share of its question's mean
   */
  private record Word(int question, int position, long id, double share) {}

  private int decisionAt(Questions questions, int q) {
    return reasons == Reasons.DECISION_FIRST ? 0 : questions.reason(q).length;
  }

  /** What is fed back: the first T of the words to be said. */
  private long[] answer(Questions questions, int q) {
    long[] reason = questions.reason(q);
    long[] answer = new long[answerTokens];
    int at = 0;
    if (reasons == Reasons.DECISION_FIRST) {
      answer[at++] = words.word(questions.yes(q));
    }
    for (int i = 0; i < reason.length && at < answerTokens; i++) {
      answer[at++] = reason[i];
    }
    return answer;
  }

  private List<Word> words(Questions questions, int q) {
    long[] reason = questions.reason(q);
    int first = reasons == Reasons.DECISION_FIRST ? 1 : 0;
    boolean ends =
        reasons == Reasons.DECISION_FIRST
            && reason.length > 0
            && reason.length < answerTokens
            && words.end().isPresent();
    double share = 1.0 / (reason.length + (ends ? 1 : 0));
    List<Word> said = new ArrayList<>();
    for (int i = 0; i < reason.length; i++) {
      said.add(new Word(q, first + i, reason[i], share));
    }
    if (ends) {
      said.add(new Word(q, first + reason.length, words.end().getAsInt(), share));
    }
    return said;
  }

  private Tensor reasonLoss(Tensor logProbs, List<Word> said, int count) {
    Tensor losses = Tensors.of(new double[count], count);
    if (said.isEmpty()) {
      return losses;
    }
    long vocabulary = logProbs.size(1);
    long[] places =
        said.stream()
            .mapToLong(
                w -> (w.question() * (answerTokens + 1L) + w.position()) * vocabulary + w.id())
            .toArray();
    long[] questions = said.stream().mapToLong(Word::question).toArray();
    double[] shares = said.stream().mapToDouble(w -> -w.share()).toArray();
    Tensor each =
        logProbs.take(Tensors.of(places, places.length)).mul(Tensors.of(shares, shares.length));
    return losses.index_add(0, Tensors.of(questions, questions.length), each);
  }
}
