package io.rewarddance.embedded.launch;

import io.rewarddance.embedded.model.IdentityModel;
import io.rewarddance.embedded.model.ModelFactories;
import java.util.Map;

/** Every kind of model that this module can serve, by its {@code rewarddance_model} parameter. */
public final class BuiltInModels {
  private BuiltInModels() {}

  public static ModelFactories factories() {
    return new ModelFactories(Map.of("identity", IdentityModel.factory()));
  }
}
