package io.rewarddance.embedded.model.oracle;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.ModelFactory;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.proto.triton.ModelConfig;
import java.nio.file.Path;
import java.util.List;

/** Opens oracles of videos from {@code oracle.json}. */
public final class ShapesVideoOracleFactory implements ModelFactory {
  /** The value of {@code rewarddance_model} for these models. */
  public static final String KIND = "shapes_video_oracle";

  @Override
  public ServedModel open(
      ModelConfig config, Path versionDirectory, long version, ExecutionPool pool)
      throws ModelLoadException {
    VideoLimits limits = VideoLimits.read(versionDirectory.resolve("oracle.json"));
    int size = limits.frame().size();
    OracleFiles.requireShape(config, List.of(ShapesVideoOracle.VIDEO), limits.frames(), size, size);
    return new MeasuringModel<>(
        new VideoGrammar(limits)::parse, new ShapesVideoOracle(new VideoOracle(limits)), pool);
  }
}
