package io.rewarddance.embedded.model.judge;

import ai.onnxruntime.OnnxJavaType;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.onnx.Network;
import java.util.Optional;

/**
 * The networks of one question.
 *
 * @param name {@code pointwise} or {@code pairwise}
 * @param answers from images and prompt to log-probabilities over the vocabulary
 * @param gradients pulls a gradient of those log-probabilities back to the image; a version without
 *     such a graph can't tell gradients
 * @param speaker gives reasons; a version without such a graph can't
 */
record QuestionNetworks(
    String name, Network answers, Optional<Network> gradients, Optional<Speaker> speaker)
    implements AutoCloseable {
  private static final String PAIRWISE = "pairwise";

  /**
   * @throws ModelLoadException naming the file, tensor or parameter that doesn't fit
   */
  static QuestionNetworks open(String name, JudgeFiles files) throws ModelLoadException {
    Network answers =
        files
            .open(name, name.equals(PAIRWISE))
            .require("log_probs", OnnxJavaType.FLOAT, files.words());
    try {
      return open(name, answers, files);
    } catch (ModelLoadException e) {
      answers.close();
      throw e;
    }
  }

  private static QuestionNetworks open(String name, Network answers, JudgeFiles files)
      throws ModelLoadException {
    Optional<Network> gradients = gradients(name, files);
    try {
      return new QuestionNetworks(name, answers, gradients, speaker(name, files));
    } catch (ModelLoadException e) {
      gradients.ifPresent(Network::close);
      throw e;
    }
  }

  private static Optional<Network> gradients(String name, JudgeFiles files)
      throws ModelLoadException {
    String graph = name + "_gradient";
    return files.has(graph)
        ? Optional.of(
            files
                .open(graph, name.equals(PAIRWISE))
                .require("log_probs_gradient", OnnxJavaType.FLOAT, files.words())
                .require(JudgeRow.IMAGE_GRADIENT, OnnxJavaType.FLOAT, files.image()))
        : Optional.empty();
  }

  private static Optional<Speaker> speaker(String name, JudgeFiles files)
      throws ModelLoadException {
    String graph = name + "_reasons";
    if (!files.has(graph)) {
      return Optional.empty();
    }
    int tokens = files.parameters().count("reason_tokens");
    return Optional.of(
        Speaker.of(
            files.open(graph, name.equals(PAIRWISE)), tokens, files.tokenizer().vocabulary()));
  }

  /** Rows of every run. */
  int rows() {
    return answers.rows();
  }

  @Override
  public void close() {
    answers.close();
    gradients.ifPresent(Network::close);
    speaker.ifPresent(Speaker::close);
  }
}
