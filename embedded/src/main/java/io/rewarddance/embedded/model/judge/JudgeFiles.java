package io.rewarddance.embedded.model.judge;

import ai.onnxruntime.OnnxJavaType;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.onnx.Network;
import io.rewarddance.embedded.model.onnx.PolicyFile;
import io.rewarddance.embedded.model.request.ModelParameters;
import io.rewarddance.embedded.text.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the networks of a judge's version are opened from.
 *
 * @param directory of the version
 */
record JudgeFiles(
    Path directory, PolicyFile policy, ModelParameters parameters, Tokenizer tokenizer) {
  /** Rows of a network run; {@code benchmarks/serving/run chunks} measures what others cost. */
  private static final int CHUNK_ROWS = 8;

  boolean has(String graph) {
    return Files.exists(file(graph));
  }

  /**
   * Opens the graph of a question.
   *
   * @throws ModelLoadException naming the file, or the input that doesn't fit
   */
  Network open(String graph, boolean compares) throws ModelLoadException {
    Network network =
        Network.open(file(graph), policy.weights(), CHUNK_ROWS)
            .require("image", OnnxJavaType.UINT8, image())
            .require("tokens", OnnxJavaType.INT64, tokenizer.length());
    return compares ? network.require("reference", OnnxJavaType.UINT8, image()) : network;
  }

  /** The input that is judged; graphs call it {@code image} all the same. */
  String subject() {
    return parameters.hasInput("video") ? "video" : "image";
  }

  /** Shape of what is judged, [H,W,3] or [F,H,W,3]. */
  long[] image() throws ModelLoadException {
    return parameters.inputShape(subject());
  }

  /**
   * Whether the judge gives its reason before it decides: the parameter {@code reasons}.
   *
   * @throws ModelLoadException when that is none of the words it may be
   */
  boolean reasonsFirst() throws ModelLoadException {
    String when = parameters.has("reasons") ? parameters.text("reasons").strip() : "none";
    return switch (when) {
      case "reasons-first" -> true;
      case "none", "decision-first" -> false;
      default ->
          throw new ModelLoadException(
              "parameter 'reasons': %s (expected: none, decision-first or reasons-first)"
                  .formatted(when));
    };
  }

  /** Words of an answer that the graphs for reasons take. */
  int reasonTokens() throws ModelLoadException {
    return parameters.count("reason_tokens");
  }

  /** Size of the vocabulary. */
  int words() {
    return tokenizer.vocabulary().size();
  }

  private Path file(String graph) {
    return directory.resolve(graph + ".onnx");
  }
}
