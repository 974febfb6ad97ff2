package io.rewarddance.embedded.model;

import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.triton.ModelConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The null model: each output is the input at the same place of the configuration, or nothing when
 * that input is absent. It copies nothing and answers at once, so what a client measures with it is
 * the way there and back.
 */
public final class IdentityModel implements ServedModel {
  /** Value of the {@code rewarddance_model} parameter. */
  public static final String KIND = "identity";

  private final ModelConfig config;

  private IdentityModel(ModelConfig config) {
    this.config = config;
  }

  /** Opens identities; the version directory may be empty. */
  public static ModelFactory factory() {
    return (config, directory, version, pool) -> {
      if (config.getInputCount() != config.getOutputCount()) {
        throw new ModelLoadException(
            "identity '%s': %d outputs (expected: %d, one for each input)"
                .formatted(config.getName(), config.getOutputCount(), config.getInputCount()));
      }
      return new IdentityModel(config);
    };
  }

  @Override
  public List<InferResult> infer(List<InferCall> batch) {
    return batch.stream().map(this::answer).toList();
  }

  private InferResult answer(InferCall call) {
    Map<String, Tensor> outputs = new HashMap<>();
    for (int i = 0; i < config.getInputCount(); i++) {
      String output = config.getOutput(i).getName();
      call.optionalInput(config.getInput(i).getName())
          .ifPresent(input -> outputs.put(output, input.renamed(output)));
    }
    return new InferResult.Success(outputs);
  }

  @Override
  public void close() {}
}
