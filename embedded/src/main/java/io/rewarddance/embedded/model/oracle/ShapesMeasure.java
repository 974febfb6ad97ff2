package io.rewarddance.embedded.model.oracle;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.ModelFactory;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.proto.triton.ModelConfig;
import java.nio.file.Path;

/** Opens the models that measure images of the shapes world, all by {@code oracle.json}. */
public enum ShapesMeasure implements ModelFactory {
  /** Whether an image is what its prompt asks for. */
  ORACLE("shapes_oracle", "image") {
    @Override
    Meter<Spec, ?> meter(Limits limits, Path versionDirectory) {
      return new ShapesOracle(new Oracle(limits));
    }
  },

  /** How alike an image and a reference are; by {@code style.json} too. */
  STYLE("shapes_style", "image", "reference") {
    @Override
    Meter<Spec, ?> meter(Limits limits, Path versionDirectory) throws ModelLoadException {
      StyleLimits style = StyleLimits.read(versionDirectory.resolve("style.json"));
      return new ShapesStyle(new Style(limits, style));
    }
  },

  /** What is wrong with an image, in words. */
  CRITIC("shapes_critic", "image") {
    @Override
    Meter<Spec, ?> meter(Limits limits, Path versionDirectory) {
      return new ShapesCritic(new Oracle(limits), new Critic(limits));
    }
  };

  private final String kind;
  private final String[] images;

  ShapesMeasure(String kind, String... images) {
    this.kind = kind;
    this.images = images;
  }

  /** The value of {@code rewarddance_model} for these models. */
  public String kind() {
    return kind;
  }

  abstract Meter<Spec, ?> meter(Limits limits, Path versionDirectory) throws ModelLoadException;

  @Override
  public ServedModel open(
      ModelConfig config, Path versionDirectory, long version, ExecutionPool pool)
      throws ModelLoadException {
    Limits limits = OracleFiles.limits(config, versionDirectory, images);
    Grammar grammar = new Grammar(limits.shapes(), limits.colours());
    return new MeasuringModel<>(grammar::parse, meter(limits, versionDirectory), pool);
  }
}
