package io.rewarddance.driver.judge;

import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.model.ServedTensor;
import io.rewarddance.driver.testing.DescribedModels;
import io.rewarddance.driver.testing.PlayedModel;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.Prompt;
import java.util.List;
import java.util.Optional;

/** Judges and what they look at: images of one pixel, told apart by its red. */
final class Judges {
  static final Prompt PROMPT = new Prompt(0, "a red circle", "colours");
  static final double FLOOR = 0.5;

  private Judges() {}

  static ServedModel model(int maxBatch) {
    return DescribedModels.withInput(
        DescribedModels.of(Contracts.POINTWISE_JUDGE, "vlm", maxBatch),
        ServedTensor.of("reference", DataType.UINT8, -1, -1, 3).asOptional());
  }

  static JudgeConfig pointwise(String instruction) {
    return config(JudgeConfig.Question.POINTWISE, instruction, false);
  }

  static JudgeConfig pairwise(boolean bothOrders) {
    return config(JudgeConfig.Question.PAIRWISE, "", bothOrders);
  }

  private static JudgeConfig config(
      JudgeConfig.Question question, String instruction, boolean bothOrders) {
    return new JudgeConfig(
        "vlm",
        "match",
        1,
        question,
        instruction,
        bothOrders,
        FLOOR,
        question == JudgeConfig.Question.PAIRWISE
            ? Optional.of(
                new JudgeConfig.Reference(
                    JudgeConfig.Reference.Kind.RANDOM, 2, 2, JudgeConfig.Reference.Refresh.NEVER))
            : Optional.empty(),
        JudgeConfig.Transform.PROBABILITY);
  }

  static Pixels image(int red) {
    return Image.of(1, 1, new byte[] {(byte) red, 0, 0});
  }

  static Subject subject(int red, int... references) {
    return new Subject(
        PROMPT, image(red), java.util.Arrays.stream(references).mapToObj(Judges::image).toList());
  }

  /** Red of the image in a row of a call. */
  static int red(InferCall call, String input, int row) {
    return PlayedModel.input(call, input).int8s()[3 * row];
  }

  static List<Tensor> answer(float[] yes, float[] no) {
    return List.of(
        Tensors.ofFp32("yes_log_prob", new long[] {yes.length, 1}, yes),
        Tensors.ofFp32("no_log_prob", new long[] {no.length, 1}, no));
  }

  /** The same answer for every row: log of these probabilities. */
  static List<Tensor> always(InferCall call, double yes, double no) {
    int rows = PlayedModel.rows(call);
    float[] yesLog = new float[rows];
    float[] noLog = new float[rows];
    java.util.Arrays.fill(yesLog, (float) Math.log(yes));
    java.util.Arrays.fill(noLog, (float) Math.log(no));
    return answer(yesLog, noLog);
  }
}
