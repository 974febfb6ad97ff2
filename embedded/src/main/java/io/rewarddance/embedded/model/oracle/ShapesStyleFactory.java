package io.rewarddance.embedded.model.oracle;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.ModelFactory;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.proto.triton.ModelConfig;
import java.nio.file.Path;

/** Opens measures of style from {@code oracle.json} and {@code style.json}. */
public final class ShapesStyleFactory implements ModelFactory {
  /** The value of {@code rewarddance_model} for these models. */
  public static final String KIND = "shapes_style";

  @Override
  public ServedModel open(
      ModelConfig config, Path versionDirectory, long version, ExecutionPool pool)
      throws ModelLoadException {
    Limits limits = OracleFiles.limits(config, versionDirectory, "image", "reference");
    StyleLimits style = StyleLimits.read(versionDirectory.resolve("style.json"));
    return new MeasuringModel<>(
        new Grammar(limits.shapes(), limits.colours())::parse,
        new ShapesStyle(new Style(limits, style)),
        pool);
  }
}
