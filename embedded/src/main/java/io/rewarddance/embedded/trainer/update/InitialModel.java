package io.rewarddance.embedded.trainer.update;

import io.rewarddance.embedded.text.Tokenizer;
import io.rewarddance.embedded.trainer.model.ModelFiles;
import io.rewarddance.embedded.trainer.tensor.ParameterLayout;
import io.rewarddance.embedded.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The model that training starts from, as a Triton repository holds it: weights, network and words
 * in the version directory, {@code config.pbtxt} above it.
 *
 * @param weights version 1 of the policy, and the reference
 * @param digest sha-256 of the weights file
 * @param network TorchScript file
 * @param sigmaShift shift of the sampler's schedule
 * @param latentShape shape of one state: channels, of a video frames, height, width
 */
public record InitialModel(
    Weights weights,
    ParameterLayout layout,
    String digest,
    Path network,
    Tokenizer tokenizer,
    double sigmaShift,
    List<Integer> latentShape) {
  private static final int CHANNELS = 3;

  /**
   * @throws IOException naming the file that is missing or unfit
   */
  public static InitialModel read(Path versionDirectory) throws IOException {
    ModelFiles files = ModelFiles.read(versionDirectory);
    return new InitialModel(
        files.weights(),
        files.layout(),
        files.digest(),
        files.file("velocity.pt"),
        files.tokenizer(),
        files.number("sigma_shift"),
        latentShape(files));
  }

  private static List<Integer> latentShape(ModelFiles files) throws IOException {
    int height = (int) files.number("image_height");
    int width = (int) files.number("image_width");
    return files.text("frames").isEmpty()
        ? List.of(CHANNELS, height, width)
        : List.of(CHANNELS, (int) files.number("frames"), height, width);
  }
}
