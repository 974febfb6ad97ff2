package io.rewarddance.embedded.trainer.model;

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

/**
 * A model as a Triton repository holds it: weights, networks and words in the version directory,
 * {@code config.pbtxt} above it.
 */
public final class ModelFiles {
  private final Path directory;
  private final Path configFile;
  private final ModelConfig config;
  private final Weights weights;
  private final String digest;

  private ModelFiles(
      Path directory, Path configFile, ModelConfig config, Weights weights, String digest) {
    this.directory = directory;
    this.configFile = configFile;
    this.config = config;
    this.weights = weights;
    this.digest = digest;
  }

  /**
   * @throws IOException naming the file that is missing or unfit
   */
  public static ModelFiles read(Path versionDirectory) throws IOException {
    Path weightsFile = versionDirectory.resolve("weights.safetensors");
    Weights weights = SafeTensors.read(weightsFile);
    String digest = Sha256.of(weightsFile);
    if (!Sha256.of(SafeTensors.encode(weights)).equals(digest)) {
      throw new IOException(
          weightsFile
              + ": its tensors don't lie in ascending order of names (expected: so, else a new"
              + " version's file would have another header)");
    }
    Path configFile = versionDirectory.toAbsolutePath().getParent().resolve("config.pbtxt");
    return new ModelFiles(versionDirectory, configFile, config(configFile), weights, digest);
  }

  public Weights weights() {
    return weights;
  }

  /** Sha-256 of the weights file. */
  public String digest() {
    return digest;
  }

  public ParameterLayout layout() {
    return ParameterLayout.of(weights);
  }

  public ModelConfig config() {
    return config;
  }

  /** A file of the version directory, whether it is there or not. */
  public Path file(String name) {
    return directory.resolve(name);
  }

  /** The tokenizer of prompts: {@code vocabulary.txt} and the parameter {@code prompt_tokens}. */
  public Tokenizer tokenizer() throws IOException {
    return new Tokenizer(
        Vocabulary.read(directory.resolve("vocabulary.txt")), (int) number("prompt_tokens"));
  }

  /** A parameter of the config; empty when it isn't there. */
  public String text(String key) {
    return config.getParametersOrDefault(key, ModelParameter.getDefaultInstance()).getStringValue();
  }

  /**
   * A parameter of the config that is a number above 0.
   *
   * @throws IOException naming it when it isn't
   */
  public double number(String key) throws IOException {
    String value = text(key);
    try {
      double number = Double.parseDouble(value);
      if (number > 0 && number < Double.POSITIVE_INFINITY) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, like any other unfit value.
    }
    throw unfit(key, "a number above 0");
  }

  /** The error of a parameter that can't be used. */
  public IOException unfit(String key, String expected) {
    return new IOException(
        configFile + ": parameter " + key + ": \"" + text(key) + "\" (expected: " + expected + ")");
  }

  private static ModelConfig config(Path file) throws IOException {
    try {
      return TextFormat.parse(Files.readString(file), ModelConfig.class);
    } catch (TextFormat.ParseException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
