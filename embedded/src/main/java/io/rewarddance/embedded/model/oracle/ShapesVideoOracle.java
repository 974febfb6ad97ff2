package io.rewarddance.embedded.model.oracle;

import io.rewarddance.proto.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** The oracle of videos as a served model. */
record ShapesVideoOracle(VideoOracle oracle) implements Meter<Scene, VideoVerdict> {
  static final String VIDEO = "video";

  @Override
  public VideoVerdict measure(Scene scene, RowImages images) {
    return oracle.judge(images.of(VIDEO), scene);
  }

  @Override
  public Map<String, Tensor> outputs(List<VideoVerdict> verdicts) {
    return Map.of(
        "strict", Columns.floats("strict", verdicts, v -> v.score().strict() ? 1 : 0),
        "graded", Columns.floats("graded", verdicts, v -> v.score().graded()),
        "objects", Columns.floats("objects", verdicts, VideoVerdict::objects),
        "motion", Columns.floats("motion", verdicts, v -> v.moves() ? 1 : 0),
        "template_fit", Columns.floats("template_fit", verdicts, VideoVerdict::templateFit),
        "grain", Columns.floats("grain", verdicts, VideoVerdict::grain),
        "diversity_label", Columns.ints("diversity_label", verdicts, VideoVerdict::diversityLabel));
  }
}
