package io.rewarddance.driver.testing;

import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.model.ServedModel.Output;
import io.rewarddance.proto.tensor.DataType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a server says of a generator: the contract's tensors, with the shapes that vary. */
public final class DescribedGenerator {
  private static final Set<String> INPUTS =
      Set.of(
          "prompt",
          "seed",
          "steps",
          "sde_start",
          "sde_steps",
          "noise_level",
          "guidance",
          "sampler",
          "policy_version");

  private DescribedGenerator() {}

  /**
   * @param image height, width and channels
   * @param latents states, then the shape of one latent
   */
  public static ServedModel of(
      String name, int maxBatch, List<Long> image, List<Long> latents, Set<String> optional) {
    return new ServedModel(
        name,
        maxBatch,
        Map.of(
            "image", new Output(DataType.UINT8, image),
            "latents", new Output(DataType.FP32, latents),
            "log_probs", new Output(DataType.FP32, List.of(-1L)),
            "sigmas", new Output(DataType.FP32, List.of(-1L)),
            "policy_version", new Output(DataType.INT64, List.of(1L)),
            "policy_digest", new Output(DataType.BYTES, List.of(1L))),
        INPUTS,
        optional);
  }
}
