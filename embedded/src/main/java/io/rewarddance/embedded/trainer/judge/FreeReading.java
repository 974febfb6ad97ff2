package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A judge that gives its reason first, in its own words: the most likely word at each place, until
 * the most likely one is a decision, or no place is left.
 */
final class FreeReading implements Reading {
  private final JudgeNetwork network;
  private final AnswerWords words;
  private final int answerTokens;

  /**
   * @param network gives log-probabilities [n, T + 1, V]
   * @param answerTokens T
   */
  FreeReading(JudgeNetwork network, AnswerWords words, int answerTokens) {
    this.network = network;
    this.words = words;
    this.answerTokens = answerTokens;
  }

  @Override
  public Heard read(Questions questions, Tensor[] weights) {
    int count = questions.size();
    long[][] answers = new long[count][answerTokens];
    long[] decisions = new long[count];
    boolean[] decided = new boolean[count];
    Tensor logProbs = null;
    for (int place = 0; place <= answerTokens; place++) {
      logProbs = network.logProbs(questions.inputs(answers), weights).to(ScalarType.Double);
      double[] next = Tensors.doubles(logProbs.select(1, place));
      int vocabulary = next.length / count;
      for (int q = 0; q < count; q++) {
        if (decided[q]) {
          continue;
        }
        long word = mostLikely(next, q * vocabulary, vocabulary);
        decided[q] = place == answerTokens || words.decides(word);
        if (decided[q]) {
          decisions[q] = q * (answerTokens + 1L) + place;
        } else {
          answers[q][place] = word;
        }
      }
    }
    Tensor decision = logProbs.flatten(0, 1).index_select(0, Tensors.of(decisions, count));
    return new Heard(decision, null);
  }

  private static long mostLikely(double[] logProbs, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      best = logProbs[from + i] > logProbs[from + best] ? i : best;
    }
    return best;
  }
}
