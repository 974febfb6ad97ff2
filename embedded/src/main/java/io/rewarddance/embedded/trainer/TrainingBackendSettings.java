package io.rewarddance.embedded.trainer;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How to run the training backend.
 *
 * @param stateDirectory checkpoints and files in work; made when absent, continued from when not
 * @param initialModel version directory of the model to start from
 * @param host address to listen on
 * @param port 0 for any free one
 * @param threads CPU threads of an update, at least 1
 * @param token bearer token that every call but {@code /health} must bring; empty = none asked for
 * @param largestBody bytes of a rollout file that is sent as a body
 * @param fileRoots directories that referred-to rollout files may lie in
 * @param keptCheckpoints how many versions can be rolled back to, at least 1
 */
public record TrainingBackendSettings(
    Path stateDirectory,
    Path initialModel,
    String host,
    int port,
    int threads,
    Optional<String> token,
    long largestBody,
    List<Path> fileRoots,
    int keptCheckpoints) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final long GIBIBYTE = 1L << 30;
  private static final int KEPT = 4;

  public TrainingBackendSettings {
    Objects.requireNonNull(stateDirectory, "stateDirectory");
    Objects.requireNonNull(initialModel, "initialModel");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(token, "token");
    fileRoots = List.copyOf(fileRoots);
    atLeastOne("threads", threads);
    atLeastOne("largestBody", largestBody);
    atLeastOne("keptCheckpoints", keptCheckpoints);
  }

  /**
   * The settings of a backend on this machine's loopback, for a client that shares its files:
   * rollout files may lie beside the state directory.
   */
  public static TrainingBackendSettings local(
      Path stateDirectory, Path initialModel, int port, int threads) {
    Path state = stateDirectory.toAbsolutePath().normalize();
    return new TrainingBackendSettings(
        state,
        initialModel.toAbsolutePath().normalize(),
        LOOPBACK,
        port,
        threads,
        Optional.empty(),
        GIBIBYTE,
        List.of(state.getParent()),
        KEPT);
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
    }
  }
}
