package io.rewarddance.driver.testing;

import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.model.ServedTensor;
import io.rewarddance.proto.tensor.DataType;
import java.util.List;

/** What a server says of a generator: the contract's tensors, with the shapes that vary. */
public final class DescribedGenerator {
  private DescribedGenerator() {}

  /**
   * @param image height, width and channels
   * @param latents states, then the shape of one latent
   */
  public static ServedModel of(
      String name, int maxBatch, List<Long> image, List<Long> latents, ServedTensor... optional) {
    ServedModel model = DescribedModels.of(Contracts.GENERATOR, name, maxBatch);
    model = DescribedModels.withOutput(model, tensor("image", DataType.UINT8, image));
    model = DescribedModels.withOutput(model, tensor("latents", DataType.FP32, latents));
    for (ServedTensor input : optional) {
      model = DescribedModels.withInput(model, input.asOptional());
    }
    return model;
  }

  private static ServedTensor tensor(String name, DataType type, List<Long> dimensions) {
    return ServedTensor.of(name, type, dimensions.stream().mapToLong(Long::longValue).toArray());
  }
}
