package io.rewarddance.proto.local;

import java.nio.file.Path;
import java.util.List;
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
   *     TorchScript network; empty when only judges are trained
   * @param readable directories that files named in requests may lie in, beside the one that holds
   *     the state directory
   * @param port HTTP port, or 0 for any free one
   */
  public record Training(
      Path stateDirectory, Optional<Path> initialModel, List<Path> readable, int port) {
    public Training {
      Objects.requireNonNull(stateDirectory, "stateDirectory");
      Objects.requireNonNull(initialModel, "initialModel");
      readable = List.copyOf(readable);
    }

    /** A backend for one policy, whose files lie beside its state. */
    public Training(Path stateDirectory, Path initialModel, int port) {
      this(stateDirectory, Optional.of(initialModel), List.of(), port);
    }

    /** A backend for judges alone. */
    public static Training ofJudges(Path stateDirectory, List<Path> readable, int port) {
      return new Training(stateDirectory, Optional.empty(), readable, port);
    }
  }
}
