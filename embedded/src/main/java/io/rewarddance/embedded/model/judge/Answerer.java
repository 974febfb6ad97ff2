package io.rewarddance.embedded.model.judge;

import ai.onnxruntime.OrtException;
import io.rewarddance.embedded.model.onnx.Lane;
import io.rewarddance.embedded.model.onnx.Network;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/**
 * Answers up to one network batch of the same question.
 *
 * @param network from images and prompt to log-probabilities over the vocabulary
 * @param vocabularySize width of the network's output
 */
record Answerer(Network network, AnswerWords yes, AnswerWords no, int vocabularySize) {
  /** Rows are answered or failed afterwards, unless nobody waits for any of them. */
  void run(List<JudgeRow> rows) {
    if (rows.stream().allMatch(JudgeRow::isCancelled)) {
      return;
    }
    try (Lane.Loan loan = network.borrow()) {
      fill(loan.lane(), rows);
      loan.lane().run();
      answer(loan.lane().bytes("log_probs").asFloatBuffer(), rows);
    } catch (OrtException e) {
      rows.forEach(row -> row.fail("judge network: " + e.getMessage()));
    }
  }

  private static void fill(Lane lane, List<JudgeRow> rows) {
    LongBuffer tokens = lane.bytes("tokens").asLongBuffer();
    ByteBuffer images = lane.bytes("image");
    for (JudgeRow row : rows) {
      tokens.put(row.tokens());
      images.put(row.image());
    }
    if (rows.get(0).isComparison()) {
      ByteBuffer references = lane.bytes("reference");
      rows.forEach(row -> references.put(row.reference()));
    }
  }

  private void answer(FloatBuffer logProbs, List<JudgeRow> rows) {
    float[] words = new float[vocabularySize];
    for (JudgeRow row : rows) {
      logProbs.get(words);
      row.answer(yes.logProb(words), no.logProb(words));
    }
  }
}
