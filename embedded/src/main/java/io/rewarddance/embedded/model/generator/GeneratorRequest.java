package io.rewarddance.embedded.model.generator;

import io.rewarddance.embedded.sampling.HeldFrame;
import io.rewarddance.embedded.sampling.SamplingPlan;
import io.rewarddance.embedded.sampling.Span;
import java.util.List;
import java.util.Optional;

/** A checked request: one plan for all its rows, and the part of it that they take. */
record GeneratorRequest(SamplingPlan plan, Span span, List<Row> rows) {
  /**
   * One image or video to draw.
   *
   * @param start the state to begin with; empty = noise from the seed
   * @param held the first frame, if it is given
   */
  record Row(
      String prompt, long[] tokens, long seed, Optional<float[]> start, Optional<HeldFrame> held) {}
}
