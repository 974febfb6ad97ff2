package io.rewarddance.embedded.model.generator;

import ai.onnxruntime.OnnxJavaType;
import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.ModelFactory;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.model.onnx.Network;
import io.rewarddance.embedded.model.onnx.PolicyFile;
import io.rewarddance.embedded.model.request.ModelParameters;
import io.rewarddance.embedded.model.request.VocabularyFile;
import io.rewarddance.embedded.text.Tokenizer;
import io.rewarddance.embedded.weights.Weights;
import io.rewarddance.proto.triton.ModelConfig;
import java.nio.file.Path;

/**
 * Opens generators from {@code velocity.onnx}, {@code weights.safetensors}, {@code vocabulary.txt}.
 */
public final class FlowGeneratorFactory implements ModelFactory {
  /** The value of {@code rewarddance_model} for these models. */
  public static final String KIND = "flow_generator";

  /**
   * Rows of a network run. From 8 rows on the time per image hardly falls ({@code
   * benchmarks/serving/run chunks} measures it), while padding and the wait for the last thread
   * grow.
   */
  private static final int CHUNK_ROWS = 8;

  @Override
  public ServedModel open(
      ModelConfig config, Path versionDirectory, long version, ExecutionPool pool)
      throws ModelLoadException {
    ModelParameters parameters = new ModelParameters(config);
    parameters.requireBatches();
    GeneratorSettings settings = GeneratorSettings.of(parameters);
    Tokenizer tokenizer =
        new Tokenizer(VocabularyFile.read(versionDirectory), settings.promptTokens());
    PolicyFile policy = PolicyFile.read(versionDirectory);
    Network velocity = open(versionDirectory, policy.weights(), settings);
    RequestReader reader = new RequestReader(settings, tokenizer, version);
    return new FlowGenerator(settings, reader, velocity, policy.digest(), pool);
  }

  private static Network open(Path directory, Weights weights, GeneratorSettings settings)
      throws ModelLoadException {
    long[] latent = settings.shape().latent();
    return Network.open(directory.resolve("velocity.onnx"), weights, CHUNK_ROWS)
        .require("x", OnnxJavaType.FLOAT, latent)
        .require("sigma", OnnxJavaType.FLOAT)
        .require("tokens", OnnxJavaType.INT64, settings.promptTokens())
        .require("v", OnnxJavaType.FLOAT, latent);
  }
}
