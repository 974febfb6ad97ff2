package io.rewarddance.driver.generate;

import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.model.ServedTensor;
import io.rewarddance.driver.testing.DescribedGenerator;
import io.rewarddance.driver.testing.PlayedModel;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** A generator of images of 1 x 2 pixels whose every number says which row and place it is of. */
final class Played {
  static final PolicyRef POLICY = new PolicyRef(3, "ab".repeat(32));
  static final SamplerSettings SDE = new SamplerSettings(Sampler.FLOW_SDE, 4, 1, 2, 0.7f, 1.5f);
  static final int LATENT = 6; // 3 x 1 x 2
  static final int STATES = 3;

  private Played() {}

  static ServedModel model(int maxBatch) {
    return DescribedGenerator.of(
        "painter",
        maxBatch,
        List.of(1L, 2L, 3L),
        List.of(-1L, 3L, 1L, 2L),
        ServedTensor.of("first_frame", DataType.UINT8, 1, 2, 3));
  }

  static List<Draw> draws(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Draw(new Prompt(i, "prompt " + i, ""), 100 + i))
        .toList();
  }

  /** The whole answer to a call of {@link #SDE}; a replacement takes the place of its namesake. */
  static List<Tensor> answer(InferCall call, Tensor... replacements) {
    int rows = PlayedModel.rows(call);
    List<Tensor> outputs = new ArrayList<>();
    outputs.add(Tensors.ofUint8("image", new long[] {rows, 1, 2, 3}, image(rows)));
    outputs.add(latents(rows));
    outputs.add(logProbs(rows));
    outputs.add(sigmas(rows));
    outputs.add(Tensors.ofInt64("policy_version", new long[] {rows, 1}, versions(rows)));
    outputs.add(digests(Collections.nCopies(rows, POLICY.digest())));
    for (Tensor replacement : replacements) {
      outputs.replaceAll(t -> t.name().equals(replacement.name()) ? replacement : t);
    }
    return outputs;
  }

  static Tensor latents(int rows, Edit... edits) {
    float[] values = counted(rows * STATES * LATENT, 0.5f);
    Arrays.stream(edits).forEach(edit -> values[edit.at()] = edit.value());
    return Tensors.ofFp32("latents", new long[] {rows, STATES, 3, 1, 2}, values);
  }

  static Tensor logProbs(int rows, Edit... edits) {
    float[] values = counted(rows * 2, -1);
    Arrays.stream(edits).forEach(edit -> values[edit.at()] = edit.value());
    return Tensors.ofFp32("log_probs", new long[] {rows, 2}, values);
  }

  static Tensor sigmas(int rows, Edit... edits) {
    float[] values = new float[rows * 5];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 - 0.25f * (i % 5);
    }
    Arrays.stream(edits).forEach(edit -> values[edit.at()] = edit.value());
    return Tensors.ofFp32("sigmas", new long[] {rows, 5}, values);
  }

  static Tensor digests(List<String> digests) {
    return Tensors.ofStrings(
        "policy_digest", new long[] {digests.size(), 1}, digests.toArray(String[]::new));
  }

  /** One number of a flat array. */
  record Edit(int at, float value) {}

  static float[] counted(int count, float step) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = step * i;
    }
    return values;
  }

  private static byte[] image(int rows) {
    byte[] pixels = new byte[rows * 6];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    return pixels;
  }

  private static long[] versions(int rows) {
    long[] versions = new long[rows];
    Arrays.fill(versions, POLICY.version());
    return versions;
  }
}
