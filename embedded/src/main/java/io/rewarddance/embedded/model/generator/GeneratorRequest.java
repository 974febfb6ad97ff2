package io.rewarddance.embedded.model.generator;

import io.rewarddance.embedded.sampling.SamplingPlan;
import java.util.List;

/** A checked request: one plan for all its rows. */
record GeneratorRequest(SamplingPlan plan, List<Row> rows) {
  /** One image to draw. */
  record Row(String prompt, long[] tokens, long seed) {}
}
