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

/**
 * Lets a judge go on after its decision: the likeliest word at each place, of equals the first,
 * until it says {@code <end>} or no place is left.
 *
 * @param network from images, prompt and what was said, [tokens], to log-probabilities [tokens + 1,
 *     words]: those at place k see the first k tokens
 * @param tokens what the network takes
 * @param end id of the word that ends a reason, or -1
 */
record Speaker(Network network, int tokens, Vocabulary vocabulary, int end)
    implements AutoCloseable {
  private static final String END = "<end>";

  /**
   * @throws ModelLoadException naming the tensor that doesn't fit; the network is closed then
   */
  static Speaker of(Network network, int tokens, Vocabulary vocabulary) throws ModelLoadException {
    network
        .require("answer", OnnxJavaType.INT64, tokens)
        .require("log_probs", OnnxJavaType.FLOAT, tokens + 1L, vocabulary.size());
    return new Speaker(network, tokens, vocabulary, vocabulary.id(END).orElse(-1));
  }

  /** Rows of at most one network batch that have decided. */
  void speak(List<JudgeRow> rows) throws OrtException {
    List<JudgeRow> speaking = rows.stream().filter(JudgeRow::needsWord).toList();
    for (int place = 1; place <= tokens && !speaking.isEmpty(); place++) {
      say(place, speaking);
      speaking = speaking.stream().filter(JudgeRow::needsWord).toList();
    }
  }

  private void say(int place, List<JudgeRow> rows) throws OrtException {
    try (Lane.Loan loan = network.borrow()) {
      Answerer.fill(loan.lane(), rows);
      LongBuffer answers = loan.lane().bytes("answer").asLongBuffer();
      rows.forEach(row -> answers.put(row.reason().said(tokens)));
      loan.lane().run();
      FloatBuffer logProbs = loan.lane().bytes("log_probs").asFloatBuffer();
      float[] words = new float[vocabulary.size()];
      for (int row = 0; row < rows.size(); row++) {
        logProbs.position((row * (tokens + 1) + place) * words.length).get(words);
        rows.get(row).say(likeliest(words), end);
      }
    }
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
