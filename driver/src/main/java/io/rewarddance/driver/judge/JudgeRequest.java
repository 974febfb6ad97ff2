package io.rewarddance.driver.judge;

import io.rewarddance.driver.model.PixelTensors;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The inputs of the judge contract (docs/contracts.md) for a batch of questions. */
final class JudgeRequest {
  private JudgeRequest() {}

  /**
   * @param questions all with a reference or all without
   */
  static List<Tensor> inputs(List<Question> questions, String instruction) {
    return inputs(questions, instruction, 0);
  }

  /**
   * @param questions all with a reference or all without
   * @param reasonTokens most tokens of a reason; 0 = decision only
   */
  static List<Tensor> inputs(List<Question> questions, String instruction, int reasonTokens) {
    int rows = questions.size();
    long[] shape = {rows, 1};
    String[] prompts = questions.stream().map(q -> q.prompt().text()).toArray(String[]::new);
    String[] instructions = Collections.nCopies(rows, instruction).toArray(String[]::new);
    List<Tensor> inputs = new ArrayList<>();
    inputs.add(Tensors.ofStrings("prompt", shape, prompts));
    inputs.add(Tensors.ofStrings("instruction", shape, instructions));
    inputs.add(PixelTensors.of(questions.stream().map(Question::sample).toList()));
    if (questions.get(0).reference().isPresent()) {
      inputs.add(
          PixelTensors.of(
              "reference", questions.stream().map(q -> q.reference().orElseThrow()).toList()));
    }
    int[] tokens = new int[rows];
    Arrays.fill(tokens, reasonTokens);
    inputs.add(Tensors.ofInt32("max_reason_tokens", shape, tokens));
    return inputs;
  }
}
