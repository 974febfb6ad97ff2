package io.rewarddance.embedded.model.oracle;

import io.rewarddance.proto.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** The measure of style as a served model. */
record ShapesStyle(Style style) implements Meter<Spec, Likeness> {
  @Override
  public Likeness measure(Spec spec, RowImages images) {
    return style.likeness(spec, images.of("image"), images.of("reference"));
  }

  @Override
  public Map<String, Tensor> outputs(List<Likeness> values) {
    return Map.of(
        "score", Columns.floats("score", values, Likeness::score),
        "colour_likeness", Columns.floats("colour_likeness", values, Likeness::colour),
        "size_likeness", Columns.floats("size_likeness", values, Likeness::size),
        "shade_likeness", Columns.floats("shade_likeness", values, Likeness::shade));
  }
}
