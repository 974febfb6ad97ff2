package io.rewarddance.embedded.server;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What to serve, and where.
 *
 * @param repository a Triton model repository
 * @param host address to listen on
 * @param port 0 for any free one
 * @param threads CPU threads that models may use together, at least 1
 * @param loadsAll true: every model is loaded before the server answers; false: none is
 */
public record ServerSettings(
    Path repository, String host, int port, int threads, boolean loadsAll) {
  private static final String LOOPBACK = "127.0.0.1";

  public ServerSettings {
    Objects.requireNonNull(repository, "repository");
    Objects.requireNonNull(host, "host");
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads + " (expected: >= 1)");
    }
  }

  /** Serves every model on this machine's loopback. */
  public static ServerSettings local(Path repository, int port, int threads) {
    return new ServerSettings(repository, LOOPBACK, port, threads, true);
  }
}
