package io.rewarddance.driver.testing;

import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.Inference;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.model.ServedTensor;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A judge whose P(yes) is a function of the first pixel's red, of image and reference. */
public final class ToyJudge implements Inference {
  /** What is answered. */
  @FunctionalInterface
  public interface Taste {
    /**
     * @param reference of the reference image; -1 without one
     */
    double pYes(int image, int reference);
  }

  /** Every call, in order. */
  public final Queue<InferCall> calls = new ConcurrentLinkedQueue<>();

  private final Taste taste;

  public ToyJudge(Taste taste) {
    this.taste = taste;
  }

  /** Asked whether an image matches. */
  public Judge pointwise(String name) {
    return judge(name, JudgeConfig.Question.POINTWISE, Optional.empty());
  }

  /** Asked whether an image is better than a reference. */
  public Judge pairwise(JudgeConfig.Reference reference) {
    return judge("judge", JudgeConfig.Question.PAIRWISE, Optional.of(reference));
  }

  private Judge judge(
      String name, JudgeConfig.Question question, Optional<JudgeConfig.Reference> reference) {
    JudgeConfig config =
        new JudgeConfig(
            "model",
            name,
            1,
            question,
            "",
            false,
            0.5,
            reference,
            JudgeConfig.Transform.PROBABILITY);
    ServedModel model = DescribedModels.of(Contracts.POINTWISE_JUDGE, "model", 8);
    ServedTensor image = model.input("image").orElseThrow();
    ServedTensor other =
        new ServedTensor("reference", image.type(), image.dimensions(), /* optional= */ true);
    return new Judge(config, DescribedModels.withInput(model, other), this);
  }

  @Override
  public CompletableFuture<InferAnswer> infer(InferCall call) {
    calls.add(call);
    Map<String, Tensor> inputs =
        call.inputs().stream().collect(Collectors.toMap(Tensor::name, Function.identity()));
    int rows = (int) inputs.get("image").dimension(0);
    float[] yes = new float[rows];
    float[] no = new float[rows];
    for (int row = 0; row < rows; row++) {
      Tensor reference = inputs.get("reference");
      double p =
          taste.pYes(red(inputs.get("image"), row), reference == null ? -1 : red(reference, row));
      yes[row] = (float) Math.log(p);
      no[row] = (float) Math.log(1 - p);
    }
    long[] shape = {rows, 1};
    return CompletableFuture.completedFuture(
        new InferAnswer(
            "toy:2",
            1,
            Map.of(
                "yes_log_prob", Tensors.ofFp32("yes_log_prob", shape, yes),
                "no_log_prob", Tensors.ofFp32("no_log_prob", shape, no))));
  }

  private static int red(Tensor images, int row) {
    return images.rows(row, row + 1).int8s()[0] & 0xff;
  }
}
