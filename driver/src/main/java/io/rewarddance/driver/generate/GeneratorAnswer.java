package io.rewarddance.driver.generate;

import io.rewarddance.driver.model.Contract;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.Medium;
import io.rewarddance.driver.model.TensorRule;
import io.rewarddance.driver.triton.ErrorKind;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.Trajectory;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The outputs of the generator contract, read row by row. Shapes are checked before anything is
 * read; a wrong one is a {@link TritonException} of kind {@link ErrorKind#BAD_ANSWER}.
 */
final class GeneratorAnswer {
  private final InferAnswer answer;
  private final int rows;
  private final Medium medium;
  private final Contract contract;

  /**
   * @param medium what the model draws
   */
  GeneratorAnswer(InferAnswer answer, int rows, Medium medium) {
    this.answer = answer;
    this.rows = rows;
    this.medium = medium;
    this.contract = Contracts.GENERATOR.of(medium);
  }

  /** Outputs that say what was drawn and by whom. */
  static Set<String> sampleOnly(Medium medium) {
    return Set.of(medium.tensor(), "policy_version", "policy_digest");
  }

  /** Everything that the contract asks for. */
  static Set<String> all(Medium medium) {
    return Contracts.GENERATOR.of(medium).wanted();
  }

  /** Who answered, as {@code host:port}. */
  String endpoint() {
    return answer.endpoint();
  }

  /** Length of an output's first dimension where it varies with the settings. */
  static long length(String output, SamplerSettings sampler) {
    return switch (output) {
      case "latents" -> sampler.sdeSteps() + 1;
      case "log_probs" -> sampler.sdeSteps();
      case "sigmas" -> sampler.steps() + 1;
      default -> 1;
    };
  }

  Pixels sample(int row) {
    Tensor samples = output(medium.tensor());
    List<Integer> shape =
        LongStream.of(samples.shape()).skip(1).mapToObj(Math::toIntExact).toList();
    return Pixels.of(shape, samples.rows(row, row + 1).int8s());
  }

  /**
   * @throws IllegalArgumentException when the numbers don't make a trajectory (not finite, or sizes
   *     that disagree)
   */
  Trajectory trajectory(int row, SamplerSettings sampler) {
    Tensor latents = output("latents", sampler);
    Tensor logProbs = output("log_probs", sampler);
    Tensor sigmas = output("sigmas", sampler);
    int[] latentShape =
        Arrays.stream(latents.shape(), 2, latents.rank()).mapToInt(Math::toIntExact).toArray();
    return new Trajectory(
        latentShape,
        latents.rows(row, row + 1).floats(),
        Math.toIntExact(latents.dimension(1)),
        logProbs.rows(row, row + 1).floats(),
        sigmas.rows(row, row + 1).floats());
  }

  /**
   * @throws IllegalArgumentException when the digest isn't one
   */
  PolicyRef policy(int row) {
    long version = output("policy_version").rows(row, row + 1).int64s()[0];
    String digest = output("policy_digest").rows(row, row + 1).strings().get(0);
    return new PolicyRef(version, digest);
  }

  /** Bytes of one row of all outputs, as they really came. */
  long rowBytes() {
    return answer.outputs().values().stream().mapToLong(Tensor::byteSize).sum() / rows;
  }

  private Tensor output(String name) {
    TensorRule rule = contract.output(name);
    Tensor tensor = answer.output(name);
    require(rule.accepts(tensor, rows), tensor, rule.expected(rows));
    return tensor;
  }

  /** An output whose length the settings decide. */
  private Tensor output(String name, SamplerSettings sampler) {
    Tensor tensor = output(name);
    long length = length(name, sampler);
    String expected = contract.output(name).expected(rows, length);
    require(tensor.dimension(1) == length, tensor, expected);
    return tensor;
  }

  private void require(boolean holds, Tensor tensor, String expected) {
    if (!holds) {
      throw new TritonException(
          ErrorKind.BAD_ANSWER,
          answer.endpoint(),
          "output " + tensor + " (expected: " + expected + ")");
    }
  }
}
