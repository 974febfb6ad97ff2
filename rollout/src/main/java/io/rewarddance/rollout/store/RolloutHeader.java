package io.rewarddance.rollout.store;

import io.rewarddance.rollout.Algorithm;
import io.rewarddance.rollout.Generation;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.TrainingBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What holds for all rollouts of a file: its root attributes.
 *
 * @param sampleShape {@code [height, width, 3]} of images, {@code [frames, height, width, 3]} of
 *     videos
 * @param latentShape shape of one latent
 * @param updateSettingsJson how to train on the file, one JSON object
 */
public record RolloutHeader(
    String run,
    int iteration,
    Algorithm algorithm,
    PolicyRef policy,
    SamplerSettings sampler,
    long seed,
    List<Integer> sampleShape,
    List<Integer> latentShape,
    String updateSettingsJson) {
  private static final int VIDEO_AXES = 4;

  public RolloutHeader {
    sampleShape = List.copyOf(sampleShape);
    latentShape = List.copyOf(latentShape);
  }

  static RolloutHeader of(TrainingBatch batch) {
    Generation first = batch.rollouts().get(0).scored().generation();
    int settingsBytes = batch.updateSettingsJson().getBytes(StandardCharsets.UTF_8).length;
    if (settingsBytes > RolloutFormat.MAX_UPDATE_SETTINGS_BYTES) {
      throw new IllegalArgumentException(
          "updateSettingsJson: "
              + settingsBytes
              + " bytes (expected: <= "
              + RolloutFormat.MAX_UPDATE_SETTINGS_BYTES
              + ")");
    }
    return new RolloutHeader(
        batch.run(),
        batch.iteration(),
        batch.algorithm(),
        batch.policy(),
        batch.sampler(),
        batch.seed(),
        first.sample().shape(),
        Arrays.stream(first.trajectory().latentShape()).boxed().toList(),
        batch.updateSettingsJson());
  }

  /** Recorded states of a rollout: S. */
  public int states() {
    return sampler.sdeSteps() + 1;
  }

  /** Elements of one latent: D. */
  public int latentSize() {
    return product(latentShape);
  }

  /** Bytes of one image or video. */
  public int sampleBytes() {
    return product(sampleShape);
  }

  /** Bytes of one frame; of an image, all. */
  public int frameBytes() {
    return product(sampleShape.subList(sampleShape.size() - 3, sampleShape.size()));
  }

  /** Name of the dataset that holds the samples: what they are. */
  String sampleName() {
    return sampleShape.size() == VIDEO_AXES ? RolloutFormat.VIDEO : RolloutFormat.IMAGE;
  }

  private static int product(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
