package io.rewarddance.driver.generate;

import io.rewarddance.driver.triton.ErrorKind;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.Trajectory;
import java.util.Arrays;
import java.util.Set;

/**
 * The outputs of the generator contract, read row by row. Shapes are checked before anything is
 * read; a wrong one is a {@link TritonException} of kind {@link ErrorKind#BAD_ANSWER}.
 */
final class GeneratorAnswer {
  static final Set<String> IMAGE_ONLY = Set.of("image", "policy_version", "policy_digest");
  static final Set<String> ALL =
      Set.of("image", "latents", "log_probs", "sigmas", "policy_version", "policy_digest");

  private final InferAnswer answer;
  private final int rows;

  GeneratorAnswer(InferAnswer answer, int rows) {
    this.answer = answer;
    this.rows = rows;
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

  Image image(int row) {
    Tensor images = output("image", 4, DataType.UINT8);
    require(images.dimension(3) == Image.CHANNELS, images, "[%d, height, width, 3]");
    return Image.of(
        (int) images.dimension(1), (int) images.dimension(2), images.rows(row, row + 1).int8s());
  }

  /**
   * @throws IllegalArgumentException when the numbers don't make a trajectory (not finite, or sizes
   *     that disagree)
   */
  Trajectory trajectory(int row, SamplerSettings sampler) {
    Tensor latents = output("latents", -1, DataType.FP32, DataType.FP16, DataType.BF16);
    require(
        latents.rank() >= 3 && latents.dimension(1) == length("latents", sampler),
        latents,
        "[%d, " + length("latents", sampler) + ", latent...]");
    Tensor logProbs = output("log_probs", 2, DataType.FP32);
    require(
        logProbs.dimension(1) == sampler.sdeSteps(), logProbs, "[%d, " + sampler.sdeSteps() + "]");
    Tensor sigmas = output("sigmas", 2, DataType.FP32);
    require(
        sigmas.dimension(1) == length("sigmas", sampler),
        sigmas,
        "[%d, " + length("sigmas", sampler) + "]");
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
    long version = column("policy_version", DataType.INT64).rows(row, row + 1).int64s()[0];
    String digest = column("policy_digest", DataType.BYTES).rows(row, row + 1).strings().get(0);
    return new PolicyRef(version, digest);
  }

  private Tensor column(String name, DataType type) {
    Tensor tensor = output(name, 2, type);
    require(tensor.dimension(1) == 1, tensor, "[%d, 1]");
    return tensor;
  }

  /** Bytes of one row of all outputs, as they really came. */
  long rowBytes() {
    return answer.outputs().values().stream().mapToLong(Tensor::byteSize).sum() / rows;
  }

  private Tensor output(String name, int rank, DataType... types) {
    Tensor tensor = answer.output(name);
    require(Arrays.asList(types).contains(tensor.type()), tensor, Arrays.toString(types));
    require(rank < 0 || tensor.rank() == rank, tensor, "rank " + rank);
    require(tensor.rank() >= 1 && tensor.dimension(0) == rows, tensor, "[%d, ...]");
    return tensor;
  }

  private void require(boolean holds, Tensor tensor, String expected) {
    if (!holds) {
      throw new TritonException(
          ErrorKind.BAD_ANSWER,
          answer.endpoint(),
          "output " + tensor + " (expected: " + expected.formatted(rows) + ")");
    }
  }
}
