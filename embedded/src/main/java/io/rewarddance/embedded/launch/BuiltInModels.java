package io.rewarddance.embedded.launch;

import io.rewarddance.embedded.model.IdentityModel;
import io.rewarddance.embedded.model.ModelFactories;
import io.rewarddance.embedded.model.ModelFactory;
import io.rewarddance.embedded.model.generator.FlowGeneratorFactory;
import io.rewarddance.embedded.model.judge.YesNoJudgeFactory;
import io.rewarddance.embedded.model.oracle.ShapesMeasure;
import io.rewarddance.embedded.model.oracle.ShapesVideoOracleFactory;
import java.util.HashMap;
import java.util.Map;

/** Every kind of model that this module can serve, by its {@code rewarddance_model} parameter. */
public final class BuiltInModels {
  private BuiltInModels() {}

  public static ModelFactories factories() {
    Map<String, ModelFactory> byKind = new HashMap<>();
    byKind.put(FlowGeneratorFactory.KIND, new FlowGeneratorFactory());
    byKind.put(YesNoJudgeFactory.KIND, new YesNoJudgeFactory());
    for (ShapesMeasure measure : ShapesMeasure.values()) {
      byKind.put(measure.kind(), measure);
    }
    byKind.put(ShapesVideoOracleFactory.KIND, new ShapesVideoOracleFactory());
    byKind.put(IdentityModel.KIND, IdentityModel.factory());
    return new ModelFactories(byKind);
  }
}
