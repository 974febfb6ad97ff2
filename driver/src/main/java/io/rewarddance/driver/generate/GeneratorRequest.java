package io.rewarddance.driver.generate;

import io.rewarddance.driver.model.PixelTensors;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.SamplerSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The inputs of the generator contract (docs/contracts.md) for a batch of draws. */
final class GeneratorRequest {
  private GeneratorRequest() {}

  static List<Tensor> inputs(List<Draw> draws, SamplerSettings sampler, long policyVersion) {
    int rows = draws.size();
    long[] shape = {rows, 1};
    String[] prompts = draws.stream().map(draw -> draw.prompt().text()).toArray(String[]::new);
    long[] seeds = draws.stream().mapToLong(Draw::seed).toArray();
    String[] samplers =
        Collections.nCopies(rows, sampler.sampler().wireName()).toArray(String[]::new);
    long[] versions = new long[rows];
    Arrays.fill(versions, policyVersion);
    List<Tensor> inputs = new ArrayList<>();
    firstFrames(draws).ifPresent(inputs::add);
    Collections.addAll(
        inputs,
        Tensors.ofStrings("prompt", shape, prompts),
        Tensors.ofInt64("seed", shape, seeds),
        Tensors.ofInt32("steps", shape, filled(rows, sampler.steps())),
        Tensors.ofInt32("sde_start", shape, filled(rows, sampler.sdeStart())),
        Tensors.ofInt32("sde_steps", shape, filled(rows, sampler.sdeSteps())),
        Tensors.ofFp32("noise_level", shape, filled(rows, sampler.noiseLevel())),
        Tensors.ofFp32("guidance", shape, filled(rows, sampler.guidance())),
        Tensors.ofStrings("sampler", shape, samplers),
        Tensors.ofInt64("policy_version", shape, versions));
    return List.copyOf(inputs);
  }

  /** Prompts have a first frame either all or none. */
  private static Optional<Tensor> firstFrames(List<Draw> draws) {
    List<Pixels> frames =
        draws.stream().<Pixels>flatMap(draw -> draw.prompt().firstFrame().stream()).toList();
    return frames.isEmpty()
        ? Optional.empty()
        : Optional.of(PixelTensors.of("first_frame", frames));
  }

  private static int[] filled(int count, int value) {
    int[] values = new int[count];
    Arrays.fill(values, value);
    return values;
  }

  private static float[] filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }
}
