package io.rewarddance.embedded.trainer.update;

import com.google.protobuf.TextFormat;
import io.rewarddance.embedded.text.Tokenizer;
import io.rewarddance.embedded.text.Vocabulary;
import io.rewarddance.embedded.trainer.tensor.ParameterLayout;
import io.rewarddance.embedded.weights.SafeTensors;
import io.rewarddance.embedded.weights.Weights;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelParameter;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
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
 * @param latentShape shape of one state: channels, height, width
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
    Path weightsFile = versionDirectory.resolve("weights.safetensors");
    Weights weights = SafeTensors.read(weightsFile);
    String digest = Sha256.of(weightsFile);
    if (!Sha256.of(SafeTensors.encode(weights)).equals(digest)) {
      throw new IOException(
          weightsFile
              + ": its tensors don't lie in ascending order of names (expected: so, else a new"
              + " policy's file would have another header)");
    }
    Path configFile = versionDirectory.toAbsolutePath().getParent().resolve("config.pbtxt");
    ModelConfig config = config(configFile);
    int words = (int) parameter(config, configFile, "prompt_tokens");
    return new InitialModel(
        weights,
        ParameterLayout.of(weights),
        digest,
        versionDirectory.resolve("velocity.pt"),
        new Tokenizer(Vocabulary.read(versionDirectory.resolve("vocabulary.txt")), words),
        parameter(config, configFile, "sigma_shift"),
        List.of(
            CHANNELS,
            (int) parameter(config, configFile, "image_height"),
            (int) parameter(config, configFile, "image_width")));
  }

  private static ModelConfig config(Path file) throws IOException {
    try {
      return TextFormat.parse(Files.readString(file), ModelConfig.class);
    } catch (TextFormat.ParseException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static double parameter(ModelConfig config, Path file, String key) throws IOException {
    String value =
        config.getParametersOrDefault(key, ModelParameter.getDefaultInstance()).getStringValue();
    try {
      double number = Double.parseDouble(value);
      if (number > 0 && number < Double.POSITIVE_INFINITY) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, like any other unfit value.
    }
    throw new IOException(
        file + ": parameter " + key + ": \"" + value + "\" (expected: a number above 0)");
  }
}
