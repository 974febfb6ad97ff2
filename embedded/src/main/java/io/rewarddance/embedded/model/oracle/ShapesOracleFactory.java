package io.rewarddance.embedded.model.oracle;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.ModelFactory;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.proto.triton.ModelConfig;
import java.nio.file.Path;

/** Opens oracles from {@code oracle.json}. */
public final class ShapesOracleFactory implements ModelFactory {
  /** The value of {@code rewarddance_model} for these models. */
  public static final String KIND = "shapes_oracle";

  @Override
  public ServedModel open(
      ModelConfig config, Path versionDirectory, long version, ExecutionPool pool)
      throws ModelLoadException {
    Limits limits = OracleFiles.limits(config, versionDirectory, "image");
    return new MeasuringModel<>(
        new Grammar(limits.shapes(), limits.colours())::parse,
        new ShapesOracle(new Oracle(limits)),
        pool);
  }
}
