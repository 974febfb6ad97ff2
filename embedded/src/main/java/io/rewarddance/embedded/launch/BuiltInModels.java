package io.rewarddance.embedded.launch;

import io.rewarddance.embedded.model.IdentityModel;
import io.rewarddance.embedded.model.ModelFactories;
import io.rewarddance.embedded.model.generator.FlowGeneratorFactory;
import io.rewarddance.embedded.model.judge.YesNoJudgeFactory;
import io.rewarddance.embedded.model.oracle.ShapesMeasure;
import io.rewarddance.embedded.model.oracle.ShapesVideoOracleFactory;
import java.util.Map;

/** Every kind of model that this module can serve, by its {@code rewarddance_model} parameter. */
public final class BuiltInModels {
  private BuiltInModels() {}

  public static ModelFactories factories() {
    return new ModelFactories(
        Map.of(
            FlowGeneratorFactory.KIND,
            new FlowGeneratorFactory(),
            YesNoJudgeFactory.KIND,
            new YesNoJudgeFactory(),
            ShapesMeasure.ORACLE.kind(),
            ShapesMeasure.ORACLE,
            ShapesMeasure.STYLE.kind(),
            ShapesMeasure.STYLE,
            ShapesMeasure.CRITIC.kind(),
            ShapesMeasure.CRITIC,
            ShapesVideoOracleFactory.KIND,
            new ShapesVideoOracleFactory(),
            IdentityModel.KIND,
            IdentityModel.factory()));
  }
}
