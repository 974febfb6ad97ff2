package io.rewarddance.embedded.model.judge;

import ai.onnxruntime.OnnxJavaType;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.onnx.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The networks of one question.
 *
 * @param graph that answers: {@code pointwise} or {@code pairwise}, with {@code _reasons} where the
 *     reason comes first
 * @param atOnce from images and prompt to log-probabilities over the vocabulary; empty where the
 *     reason comes first, which the speaker then tells with the decision after it
 * @param gradients pulls a gradient of those log-probabilities back to the image; a version without
 *     such a graph can't tell gradients
 * @param speaker gives reasons; a version without such a graph can't
 */
record QuestionNetworks(
    String graph, Optional<Network> atOnce, Optional<Network> gradients, Optional<Speaker> speaker)
    implements AutoCloseable {
  private static final String PAIRWISE = "pairwise";
  private static final String REASONS = "_reasons";

  /**
   * @param question {@code pointwise} or {@code pairwise}
   * @throws ModelLoadException naming the file, tensor or parameter that doesn't fit
   */
  static QuestionNetworks open(String question, JudgeFiles files) throws ModelLoadException {
    List<Network> opened = new ArrayList<>();
    try {
      boolean reasonsFirst = files.reasonsFirst();
      Optional<Network> atOnce =
          reasonsFirst ? Optional.empty() : Optional.of(atOnce(question, files));
      atOnce.ifPresent(opened::add);
      String graph = reasonsFirst ? question + REASONS : question;
      Optional<Network> gradients = gradients(graph, files);
      gradients.ifPresent(opened::add);
      return new QuestionNetworks(graph, atOnce, gradients, speaker(question, files));
    } catch (ModelLoadException e) {
      opened.forEach(Network::close);
      throw e;
    }
  }

  private static Network atOnce(String question, JudgeFiles files) throws ModelLoadException {
    return files
        .open(question, compares(question))
        .require("log_probs", OnnxJavaType.FLOAT, files.words());
  }

  private static Optional<Network> gradients(String graph, JudgeFiles files)
      throws ModelLoadException {
    String backwards = graph + "_gradient";
    if (!files.has(backwards)) {
      return Optional.empty();
    }
    Network network =
        files
            .open(backwards, compares(graph))
            .require(JudgeRow.IMAGE_GRADIENT, OnnxJavaType.FLOAT, files.image());
    String upstream = "log_probs_gradient";
    if (!files.reasonsFirst()) {
      return Optional.of(network.require(upstream, OnnxJavaType.FLOAT, files.words()));
    }
    int tokens = files.reasonTokens();
    return Optional.of(
        network
            .require(Speaker.ANSWER, OnnxJavaType.INT64, tokens)
            .require(upstream, OnnxJavaType.FLOAT, tokens + 1L, files.words()));
  }

  private static Optional<Speaker> speaker(String question, JudgeFiles files)
      throws ModelLoadException {
    String graph = question + REASONS;
    if (!files.reasonsFirst() && !files.has(graph)) {
      return Optional.empty();
    }
    int tokens = files.reasonTokens();
    return Optional.of(
        Speaker.of(files.open(graph, compares(question)), tokens, files.tokenizer().vocabulary()));
  }

  private static boolean compares(String graph) {
    return graph.startsWith(PAIRWISE);
  }

  /** Whether the judge gives its reason before it decides. */
  boolean reasonsFirst() {
    return atOnce.isEmpty();
  }

  /** Rows of every run. */
  int rows() {
    return atOnce.map(Network::rows).orElseGet(() -> speaker.orElseThrow().network().rows());
  }

  @Override
  public void close() {
    atOnce.ifPresent(Network::close);
    gradients.ifPresent(Network::close);
    speaker.ifPresent(Speaker::close);
  }
}
