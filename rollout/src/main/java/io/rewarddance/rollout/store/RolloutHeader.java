package io.rewarddance.rollout.store;

import io.rewarddance.rollout.Algorithm;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.TrainingBatch;
import io.rewarddance.rollout.Trajectory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What holds for all rollouts of a file: its root attributes.
 *
 * @param imageShape {@code [height, width, 3]}
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
    List<Integer> imageShape,
    List<Integer> latentShape,
    String updateSettingsJson) {
  public RolloutHeader {
    imageShape = List.copyOf(imageShape);
    latentShape = List.copyOf(latentShape);
  }

  static RolloutHeader of(TrainingBatch batch) {
    Image image = batch.rollouts().get(0).scored().generation().image();
    Trajectory trajectory = batch.rollouts().get(0).scored().generation().trajectory();
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
        List.of(image.height(), image.width(), Image.CHANNELS),
        Arrays.stream(trajectory.latentShape()).boxed().toList(),
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

  /** Bytes of one image. */
  public int imageBytes() {
    return product(imageShape);
  }

  private static int product(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
