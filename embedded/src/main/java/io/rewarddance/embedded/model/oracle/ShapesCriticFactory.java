package io.rewarddance.embedded.model.oracle;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.ModelFactory;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.proto.triton.ModelConfig;
import java.nio.file.Path;

/** Opens critics from {@code oracle.json}. */
public final class ShapesCriticFactory implements ModelFactory {
  /** The value of {@code rewarddance_model} for these models. */
  public static final String KIND = "shapes_critic";

  @Override
  public ServedModel open(
      ModelConfig config, Path versionDirectory, long version, ExecutionPool pool)
      throws ModelLoadException {
    Limits limits = OracleFiles.limits(config, versionDirectory, "image");
    return new MeasuringModel<>(
        new Grammar(limits.shapes(), limits.colours())::parse,
        new ShapesCritic(new Oracle(limits), new Critic(limits)),
        pool);
  }
}
