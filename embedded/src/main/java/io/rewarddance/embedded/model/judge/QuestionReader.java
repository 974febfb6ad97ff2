package io.rewarddance.embedded.model.judge;

import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.request.RowInputs;
import io.rewarddance.embedded.text.Tokenizer;
import io.rewarddance.proto.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads and checks judge calls. A call with a reference asks the pairwise question.
 *
 * @param subject the input that is judged
 * @param pairwise empty when the judge can't be asked it: it has no input for a reference then
 */
record QuestionReader(
    Tokenizer tokenizer, String subject, Asked pointwise, Optional<Asked> pairwise) {
  private static final String REASON_TOKENS = "max_reason_tokens";

  /**
   * A question that can be asked.
   *
   * @param instruction the one text it was trained with
   */
  record Asked(String instruction, QuestionNetworks networks) {}

  /**
   * @throws IllegalArgumentException naming the tensor, its value and what was expected
   */
  List<JudgeRow> read(InferCall call) {
    RowInputs inputs = new RowInputs(call);
    Optional<Tensor> references = call.optionalInput("reference");
    Asked question = references.isPresent() ? pairwise.orElseThrow() : pointwise;
    requireInstruction(inputs, question.instruction());
    requireReason(call, question.networks());
    requireGradient(call, question.networks());
    List<String> prompts = inputs.texts("prompt");
    int[] reasonTokens = call.input(REASON_TOKENS).int32s();
    List<JudgeRow> rows = new ArrayList<>(prompts.size());
    for (int row = 0; row < prompts.size(); row++) {
      int index = row;
      rows.add(
          new JudgeRow(
              prompts.get(row),
              tokenizer.encode("prompt", prompts.get(row)),
              pixels(call.input(subject), row),
              references.map(tensor -> pixels(tensor, index)),
              call.wants(JudgeRow.IMAGE_GRADIENT),
              new Reason(reasonTokens[row]),
              call.cancelled()));
    }
    return rows;
  }

  private static void requireInstruction(RowInputs inputs, String trained) {
    for (String instruction : inputs.texts("instruction")) {
      if (!instruction.isEmpty() && !instruction.equals(trained)) {
        throw new IllegalArgumentException(
            "instruction: \"%s\" (expected: empty or \"%s\", what the judge was trained with)"
                .formatted(instruction, trained));
      }
    }
  }

  private static void requireReason(InferCall call, QuestionNetworks networks) {
    boolean speaks = networks.speaker().isPresent();
    for (int tokens : call.input(REASON_TOKENS).int32s()) {
      if (tokens < 0 || !speaks && tokens > 0) {
        throw new IllegalArgumentException(
            "%s: %d (expected: %s)"
                .formatted(
                    REASON_TOKENS, tokens, speaks ? ">= 0" : "0, this judge gives no reasons"));
      }
    }
  }

  private static void requireGradient(InferCall call, QuestionNetworks networks) {
    if (call.wants(JudgeRow.IMAGE_GRADIENT) && networks.gradients().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: asked for (expected: not, this version has no %s_gradient.onnx)"
              .formatted(JudgeRow.IMAGE_GRADIENT, networks.graph()));
    }
  }

  private static ByteBuffer pixels(Tensor images, int row) {
    return images.rows(row, row + 1).data();
  }
}
