package io.rewarddance.embedded.model.judge;

import ai.onnxruntime.OnnxJavaType;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.onnx.Network;
import io.rewarddance.embedded.model.onnx.PolicyFile;
import io.rewarddance.embedded.text.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The networks of one question.
 *
 * @param name {@code pointwise} or {@code pairwise}
 * @param answers from images and prompt to log-probabilities over the vocabulary
 * @param gradients pulls a gradient of those log-probabilities back to the image; a version without
 *     such a graph can't tell gradients
 */
record QuestionNetworks(String name, Network answers, Optional<Network> gradients)
    implements AutoCloseable {
  /** Rows of a network run; {@code benchmarks/serving/run chunks} measures what others cost. */
  private static final int CHUNK_ROWS = 8;

  /**
   * @param image shape of an image, [H,W,3]
   * @throws ModelLoadException naming the file or the tensor that doesn't fit
   */
  static QuestionNetworks open(
      String name, Path directory, PolicyFile policy, long[] image, Tokenizer tokenizer)
      throws ModelLoadException {
    long words = tokenizer.vocabulary().size();
    Network answers =
        graph(name, directory.resolve(name + ".onnx"), policy, image, tokenizer)
            .require("log_probs", OnnxJavaType.FLOAT, words);
    Path graph = directory.resolve(name + "_gradient.onnx");
    if (!Files.exists(graph)) {
      return new QuestionNetworks(name, answers, Optional.empty());
    }
    try {
      Network gradients =
          graph(name, graph, policy, image, tokenizer)
              .require("log_probs_gradient", OnnxJavaType.FLOAT, words)
              .require(JudgeRow.IMAGE_GRADIENT, OnnxJavaType.FLOAT, image);
      return new QuestionNetworks(name, answers, Optional.of(gradients));
    } catch (ModelLoadException e) {
      answers.close();
      throw e;
    }
  }

  private static Network graph(
      String name, Path graph, PolicyFile policy, long[] image, Tokenizer tokenizer)
      throws ModelLoadException {
    Network network =
        Network.open(graph, policy.weights(), CHUNK_ROWS)
            .require("image", OnnxJavaType.UINT8, image)
            .require("tokens", OnnxJavaType.INT64, tokenizer.length());
    return name.equals("pairwise")
        ? network.require("reference", OnnxJavaType.UINT8, image)
        : network;
  }

  /** Rows of every run. */
  int rows() {
    return answers.rows();
  }

  @Override
  public void close() {
    answers.close();
    gradients.ifPresent(Network::close);
  }
}
