package io.rewarddance.embedded.model.oracle;

import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.util.List;
import java.util.Map;

/** The critic as a served model. */
record ShapesCritic(Oracle eyes, Critic critic) implements Meter<Spec, String> {
  @Override
  public String measure(Spec spec, RowImages images) {
    return critic.finding(eyes.detect(images.of("image")), spec);
  }

  @Override
  public Map<String, Tensor> outputs(List<String> values) {
    long[] shape = {values.size(), 1};
    return Map.of("finding", Tensors.ofStrings("finding", shape, values.toArray(String[]::new)));
  }
}
