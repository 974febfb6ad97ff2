package io.rewarddance.embedded.model.judge;

import ai.onnxruntime.OrtException;
import io.rewarddance.embedded.model.onnx.Lane;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/**
 * Answers up to one network batch of the same question.
 *
 * @param networks of this question
 * @param vocabularySize width of the network's output
 */
record Answerer(QuestionNetworks networks, YesNo answers, int vocabularySize) {
  /**
   * Rows are answered or have failed afterwards; those that give their reason first may be a word
   * further instead.
   */
  void run(List<JudgeRow> rows) {
    try {
      if (networks.reasonsFirst()) {
        networks.speaker().orElseThrow().goOn(rows, answers);
      } else {
        ask(rows);
      }
      List<JudgeRow> open = rows.stream().filter(JudgeRow::needsGradient).toList();
      if (!open.isEmpty()) {
        pullBack(open);
      }
      if (!networks.reasonsFirst() && networks.speaker().isPresent()) {
        networks.speaker().get().explain(rows);
      }
    } catch (OrtException e) {
      rows.forEach(row -> row.fail("judge network: " + e.getMessage()));
    }
  }

  private void ask(List<JudgeRow> rows) throws OrtException {
    try (Lane.Loan loan = networks.atOnce().orElseThrow().borrow()) {
      fill(loan.lane(), rows);
      loan.lane().run();
      FloatBuffer logProbs = loan.lane().bytes("log_probs").asFloatBuffer();
      float[] words = new float[vocabularySize];
      for (JudgeRow row : rows) {
        logProbs.get(words);
        answers.decide(row, words);
        row.reason().begin(answers.word(row));
      }
    }
  }

  /**
   * A run of its own: the answer to a question is the same bytes whether or not its gradient is
   * asked for. Words that were said before the decision are held fixed.
   */
  private void pullBack(List<JudgeRow> rows) throws OrtException {
    try (Lane.Loan loan = networks.gradients().orElseThrow().borrow()) {
      fill(loan.lane(), rows);
      FloatBuffer upstream = loan.lane().bytes("log_probs_gradient").asFloatBuffer();
      if (networks.reasonsFirst()) {
        Speaker speaker = networks.speaker().orElseThrow();
        speaker.recall(loan.lane(), rows);
        rows.forEach(row -> upstream.put(speaker.atDecision(row)));
      } else {
        rows.forEach(row -> upstream.put(row.gradientOfLogYes()));
      }
      loan.lane().run();
      FloatBuffer gradients = loan.lane().bytes(JudgeRow.IMAGE_GRADIENT).asFloatBuffer();
      rows.forEach(row -> row.takeImageGradient(gradients));
    }
  }

  /** Images and tokens, one row after the other. */
  static void fill(Lane lane, List<JudgeRow> rows) {
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
}
