package io.rewarddance.embedded.model.generator;

import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.request.RowInputs;
import io.rewarddance.embedded.sampling.SamplingPlan;
import io.rewarddance.embedded.sampling.Schedule;
import io.rewarddance.embedded.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and checks generator calls.
 *
 * @param version the version that answers
 */
record RequestReader(GeneratorSettings settings, Tokenizer tokenizer, long version) {
  private static final long ANY_VERSION = -1;

  /**
   * @throws IllegalArgumentException naming the tensor, its value and what was expected
   */
  GeneratorRequest read(InferCall call) {
    RowInputs inputs = new RowInputs(call);
    requireVersion(inputs);
    requireTextToImage(inputs);
    return new GeneratorRequest(plan(inputs), rows(inputs));
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

  private static void requireTextToImage(RowInputs inputs) {
    if (inputs.call().optionalInput("first_frame").isPresent()) {
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

  private List<GeneratorRequest.Row> rows(RowInputs inputs) {
    List<String> prompts = inputs.texts("prompt");
    long[] seeds = inputs.int64s("seed");
    List<GeneratorRequest.Row> rows = new ArrayList<>(seeds.length);
    for (int row = 0; row < seeds.length; row++) {
      String prompt = prompts.get(row);
      rows.add(new GeneratorRequest.Row(prompt, tokenizer.encode("prompt", prompt), seeds[row]));
    }
    return rows;
  }
}
