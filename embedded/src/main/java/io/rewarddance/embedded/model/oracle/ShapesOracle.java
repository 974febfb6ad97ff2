package io.rewarddance.embedded.model.oracle;

import io.rewarddance.proto.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** The oracle as a served model. */
record ShapesOracle(Oracle oracle) implements Meter<Spec, Verdict> {
  @Override
  public Verdict measure(Spec spec, RowImages images) {
    return oracle.judge(images.of("image"), spec);
  }

  @Override
  public Map<String, Tensor> outputs(List<Verdict> verdicts) {
    return Map.of(
        "strict", Columns.floats("strict", verdicts, v -> v.score().strict() ? 1 : 0),
        "graded", Columns.floats("graded", verdicts, v -> v.score().graded()),
        "template_fit", Columns.floats("template_fit", verdicts, Verdict::templateFit),
        "grain", Columns.floats("grain", verdicts, Verdict::grain),
        "diversity_label", Columns.ints("diversity_label", verdicts, Verdict::diversityLabel));
  }
}
