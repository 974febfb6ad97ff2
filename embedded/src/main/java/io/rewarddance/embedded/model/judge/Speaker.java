package io.rewarddance.embedded.model.judge;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.onnx.Lane;
import io.rewarddance.embedded.model.onnx.Network;
import io.rewarddance.embedded.text.Vocabulary;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Lets a judge speak for itself: the likeliest word at each place, of equals the first, until no
 * place is left.
 *
 * @param network from images, prompt and what was said, [tokens], to log-probabilities [tokens + 1,
 *     words]: those at place k see the first k tokens
 * @param tokens what the network takes
 * @param end id of the word that ends a reason after the decision, or -1
 */
record Speaker(Network network, int tokens, Vocabulary vocabulary, int end)
    implements AutoCloseable {
  static final String ANSWER = "answer";
  private static final String END = "<end>";
  private static final int NEVER = -1;

  /** What becomes of a row, by the log-probabilities of its next word. */
  @FunctionalInterface
  private interface Listener {
    void hear(JudgeRow row, float[] logProbs);
  }

  /**
   * @throws ModelLoadException naming the tensor that doesn't fit; the network is closed then
   */
  static Speaker of(Network network, int tokens, Vocabulary vocabulary) throws ModelLoadException {
    network
        .require(ANSWER, OnnxJavaType.INT64, tokens)
        .require("log_probs", OnnxJavaType.FLOAT, tokens + 1L, vocabulary.size());
    return new Speaker(network, tokens, vocabulary, vocabulary.id(END).orElse(NEVER));
  }

  /**
   * Rows that give their reason first get another word of it, or are answered: where the likeliest
   * word is a decision, or no place is left for more words. Training's validation reads them so.
   */
  void goOn(List<JudgeRow> rows, YesNo answers) throws OrtException {
    ask(
        rows,
        row -> row.reason().length(),
        (row, logProbs) -> {
          int word = likeliest(logProbs);
          if (row.reason().length() == tokens || answers.decides(word)) {
            answers.decide(row, logProbs);
          } else {
            row.say(word, NEVER);
          }
        });
  }

  /**
   * Rows of at most one network batch that have decided give their reasons, until {@code <end>} or
   * as many words as they are asked for.
   */
  void explain(List<JudgeRow> rows) throws OrtException {
    List<JudgeRow> speaking = rows.stream().filter(JudgeRow::needsWord).toList();
    for (int place = 1; place <= tokens && !speaking.isEmpty(); place++) {
      int next = place;
      ask(speaking, row -> next, (row, logProbs) -> row.say(likeliest(logProbs), end));
      speaking = speaking.stream().filter(JudgeRow::needsWord).toList();
    }
  }

  private void ask(List<JudgeRow> rows, ToIntFunction<JudgeRow> place, Listener listener)
      throws OrtException {
    try (Lane.Loan loan = network.borrow()) {
      Answerer.fill(loan.lane(), rows);
      recall(loan.lane(), rows);
      loan.lane().run();
      FloatBuffer logProbs = loan.lane().bytes("log_probs").asFloatBuffer();
      float[] words = new float[vocabulary.size()];
      for (int i = 0; i < rows.size(); i++) {
        JudgeRow row = rows.get(i);
        logProbs.position((i * (tokens + 1) + place.applyAsInt(row)) * words.length).get(words);
        listener.hear(row, words);
      }
    }
  }

  /** What was said so far, one row after the other. */
  void recall(Lane lane, List<JudgeRow> rows) {
    LongBuffer answers = lane.bytes(ANSWER).asLongBuffer();
    rows.forEach(row -> answers.put(row.reason().said(tokens)));
  }

  /**
   * The gradient of log P(yes) by the log-probabilities at all places, [(tokens + 1) words]: 0 but
   * where a row that gave its reason first decided.
   */
  float[] atDecision(JudgeRow row) {
    float[] all = new float[(tokens + 1) * vocabulary.size()];
    float[] there = row.gradientOfLogYes();
    System.arraycopy(there, 0, all, row.reason().length() * there.length, there.length);
    return all;
  }

  /** The first of the greatest; -1 when one isn't a number. */
  private static int likeliest(float[] logProbs) {
    int best = 0;
    for (int word = 0; word < logProbs.length; word++) {
      if (Float.isNaN(logProbs[word])) {
        return -1;
      }
      best = logProbs[word] > logProbs[best] ? word : best;
    }
    return best;
  }

  @Override
  public void close() {
    network.close();
  }
}
