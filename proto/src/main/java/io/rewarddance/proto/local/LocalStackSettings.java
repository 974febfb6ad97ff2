package io.rewarddance.proto.local;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What to start, and where it finds its files.
 *
 * @param inference the inference server, or empty for none
 * @param training the training backend, or empty for none
 * @param threads CPU threads that models and training may use at once, at least 1
 */
public record LocalStackSettings(
    Optional<Inference> inference, Optional<Training> training, int threads) {
  public LocalStackSettings {
    Objects.requireNonNull(inference, "inference");
    Objects.requireNonNull(training, "training");
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads + " (expected: >= 1)");
    }
  }

  /**
   * @param modelRepository a Triton model repository; explicit model control, every model is loaded
   *     at the start
   * @param port gRPC port, or 0 for any free one
   */
  public record Inference(Path modelRepository, int port) {
    public Inference {
      Objects.requireNonNull(modelRepository, "modelRepository");
    }
  }

  /**
   * @param stateDirectory where checkpoints and policies live; made when absent, continued from
   *     when not
   * @param initialModel the version directory of the policy to start from: weights and the
   *     TorchScript network
   * @param port HTTP port, or 0 for any free one
   */
  public record Training(Path stateDirectory, Path initialModel, int port) {
    public Training {
      Objects.requireNonNull(stateDirectory, "stateDirectory");
      Objects.requireNonNull(initialModel, "initialModel");
    }
  }
}
