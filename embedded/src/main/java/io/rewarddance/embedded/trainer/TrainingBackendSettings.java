package io.rewarddance.embedded.trainer;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How to run the training backend.
 *
 * @param stateDirectory checkpoints and files in work; made when absent, continued from when not
 * @param initialModel version directory of the policy to start from; empty when only judges are
 *     trained
 * @param host address to listen on
 * @param port 0 for any free one
 * @param threads CPU threads of an update, at least 1
 * @param token bearer token that every call but {@code /health} must bring; empty = none asked for
 * @param largestBody bytes of a rollout file that is sent as a body
 * @param fileRoots directories that files named in requests may lie in
 * @param keptCheckpoints how many versions can be rolled back to, and how many checkpoints of each
 *     judge stay, at least 1
 */
public record TrainingBackendSettings(
    Path stateDirectory,
    Optional<Path> initialModel,
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
   * The settings of a backend on this machine's loopback, for a client that shares its files: files
   * named in requests may lie beside the state directory.
   */
  public static TrainingBackendSettings local(
      Path stateDirectory, Path initialModel, int port, int threads) {
    return local(stateDirectory, Optional.of(initialModel), List.of(), port, threads);
  }

  /**
   * The same.
   *
   * @param initialModel empty when only judges are trained
   * @param readable more directories that files named in requests may lie in
   */
  public static TrainingBackendSettings local(
      Path stateDirectory,
      Optional<Path> initialModel,
      List<Path> readable,
      int port,
      int threads) {
    Path state = stateDirectory.toAbsolutePath().normalize();
    return new TrainingBackendSettings(
        state,
        initialModel.map(model -> model.toAbsolutePath().normalize()),
        LOOPBACK,
        port,
        threads,
        Optional.empty(),
        GIBIBYTE,
        Stream.concat(Stream.of(state.getParent()), readable.stream()).toList(),
        KEPT);
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
    }
  }
}
