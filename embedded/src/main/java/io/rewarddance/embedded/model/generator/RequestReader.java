package io.rewarddance.embedded.model.generator;

import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.request.RowInputs;
import io.rewarddance.embedded.sampling.HeldFrame;
import io.rewarddance.embedded.sampling.SamplingPlan;
import io.rewarddance.embedded.sampling.Schedule;
import io.rewarddance.embedded.sampling.Span;
import io.rewarddance.embedded.text.Tokenizer;
import io.rewarddance.proto.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads and checks generator calls.
 *
 * @param version the version that answers
 */
record RequestReader(GeneratorSettings settings, Tokenizer tokenizer, long version) {
  private static final long ANY_VERSION = -1;
  private static final String START_LATENT = "start_latent";
  private static final String FIRST_FRAME = "first_frame";
  private static final float[] NOTHING = {};

  /**
   * @throws IllegalArgumentException naming the tensor, its value and what was expected
   */
  GeneratorRequest read(InferCall call) {
    RowInputs inputs = new RowInputs(call);
    requireVersion(inputs);
    requireKnown(inputs);
    SamplingPlan plan = plan(inputs);
    return new GeneratorRequest(plan, span(inputs, plan), rows(inputs));
  }

  private void requireVersion(RowInputs inputs) {
    for (long wanted : inputs.int64s("policy_version")) {
      if (wanted != version && wanted != ANY_VERSION) {
        throw new IllegalArgumentException(
            "policy_version: %d (expected: %d, the version that answers, or -1 for any)"
                .formatted(wanted, version));
      }
    }
  }

  private void requireKnown(RowInputs inputs) {
    if (inputs.call().optionalInput(FIRST_FRAME).isPresent() && !settings.shape().isVideo()) {
      throw new IllegalArgumentException(
          "first_frame: given (expected: absent, this model draws from text alone)");
    }
    float guidance = inputs.sameFp32("guidance");
    if (guidance != 1) {
      throw new IllegalArgumentException(
          "guidance: " + guidance + " (expected: 1.0, the network has no unconditional branch)");
    }
  }

  private SamplingPlan plan(RowInputs inputs) {
    int steps = inputs.sameInt32("steps");
    if (steps < 1 || steps > settings.maxSteps()) {
      throw new IllegalArgumentException(
          "steps: " + steps + " (expected: 1 to " + settings.maxSteps() + ")");
    }
    float noiseLevel = inputs.sameFp32("noise_level");
    if (!Float.isFinite(noiseLevel)) {
      throw new IllegalArgumentException("noise_level: " + noiseLevel + " (expected: finite)");
    }
    return SamplingPlan.of(
        Schedule.shifted(steps, settings.sigmaShift()),
        inputs.sameText("sampler"),
        noiseLevel,
        inputs.sameInt32("sde_start"),
        inputs.sameInt32("sde_steps"));
  }

  private static Span span(RowInputs inputs, SamplingPlan plan) {
    Span span =
        Span.of(
            plan.schedule(),
            inputs.call().optionalInput(START_LATENT).isPresent(),
            inputs.sameOptionalInt32("start_step"),
            inputs.sameOptionalInt32("renoise_step"),
            inputs.sameOptionalInt32("stop_step"));
    span.requireWindow(plan.sdeStart(), plan.sdeSteps());
    return span;
  }

  private List<GeneratorRequest.Row> rows(RowInputs inputs) {
    List<String> prompts = inputs.texts("prompt");
    long[] seeds = inputs.int64s("seed");
    Optional<Tensor> starts = inputs.call().optionalInput(START_LATENT);
    Optional<Tensor> frames = inputs.call().optionalInput(FIRST_FRAME);
    List<GeneratorRequest.Row> rows = new ArrayList<>(seeds.length);
    for (int row = 0; row < seeds.length; row++) {
      String prompt = prompts.get(row);
      long[] tokens = tokenizer.encode("prompt", prompt);
      rows.add(
          new GeneratorRequest.Row(
              prompt, tokens, seeds[row], start(starts, row), held(frames, row)));
    }
    return rows;
  }

  private Optional<HeldFrame> held(Optional<Tensor> frames, int row) {
    SampleShape shape = settings.shape();
    return frames.map(
        tensor ->
            new HeldFrame(
                Pixels.latent(tensor.rows(row, row + 1).data()), shape.frames(), shape.plane()));
  }

  private static Optional<float[]> start(Optional<Tensor> starts, int row) {
    Optional<float[]> start = starts.map(tensor -> tensor.rows(row, row + 1).floats());
    for (float value : start.orElse(NOTHING)) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            START_LATENT + ": " + value + " in row " + row + " (expected: finite)");
      }
    }
    return start;
  }
}
