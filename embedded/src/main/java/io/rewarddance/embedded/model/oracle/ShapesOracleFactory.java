package io.rewarddance.embedded.model.oracle;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.ModelFactory;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.model.request.ModelParameters;
import io.rewarddance.proto.triton.ModelConfig;
import java.nio.file.Path;
import java.util.Arrays;

/** Opens oracles from {@code oracle.json}. */
public final class ShapesOracleFactory implements ModelFactory {
  /** The value of {@code rewarddance_model} for these models. */
  public static final String KIND = "shapes_oracle";

  private static final int CHANNELS = 3;

  @Override
  public ServedModel open(
      ModelConfig config, Path versionDirectory, long version, ExecutionPool pool)
      throws ModelLoadException {
    ModelParameters parameters = new ModelParameters(config);
    parameters.requireBatches();
    Limits limits = Limits.read(versionDirectory.resolve("oracle.json"));
    long[] expected = {limits.size(), limits.size(), CHANNELS};
    long[] image = parameters.inputShape("image");
    if (!Arrays.equals(image, expected)) {
      throw new ModelLoadException(
          "input 'image': %s (expected: %s as in oracle.json)"
              .formatted(Arrays.toString(image), Arrays.toString(expected)));
    }
    return new ShapesOracle(new Oracle(limits), pool);
  }
}
