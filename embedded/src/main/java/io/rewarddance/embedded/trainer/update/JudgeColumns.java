package io.rewarddance.embedded.trainer.update;

import io.rewarddance.embedded.trainer.loss.JudgedImages;
import io.rewarddance.embedded.trainer.step.NonFiniteException;
import io.rewarddance.rollout.store.RolloutFile;
import java.util.List;
import java.util.Optional;

/** Turns a file's images and their gradients, height by width by channel, into latents' order. */
final class JudgeColumns {
  private static final int CHANNELS = 3;

  private JudgeColumns() {}

  /**
   * @param rows the rollouts that are trained on
   * @return empty when the file has no gradients
   * @throws NonFiniteException naming the rollout
   * @throws BadRolloutsException when images aren't latents in other units
   */
  static Optional<JudgedImages> read(RolloutFile file, int[] rows) {
    if (file.table().imageGradient().length == 0) {
      return Optional.empty();
    }
    List<Integer> image = file.header().sampleShape();
    int height = image.get(0);
    int width = image.get(1);
    List<Integer> pixels = List.of(CHANNELS, height, width);
    if (!file.header().latentShape().equals(pixels)) {
      throw new BadRolloutsException(
          "latent_shape: "
              + file.header().latentShape()
              + " (expected: "
              + pixels
              + ", an image's own, to push its gradient)");
    }
    float[][] levels = new float[rows.length][];
    float[][] gradients = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      byte[] rgb = file.sample(rows[i]).rgb();
      levels[i] = new float[rgb.length];
      gradients[i] = new float[rgb.length];
      float[] gradient =
          RolloutTensors.finite(
              "image_gradient", rows[i], file.imageGradient(rows[i]).orElseThrow());
      for (int at = 0; at < rgb.length; at++) {
        int to = (at % CHANNELS) * height * width + at / CHANNELS;
        levels[i][to] = rgb[at] & 0xFF;
        gradients[i][to] = gradient[at];
      }
    }
    return Optional.of(new JudgedImages(levels, gradients));
  }
}
