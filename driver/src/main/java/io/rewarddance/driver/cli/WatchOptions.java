package io.rewarddance.driver.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a run may be watched and steered. */
final class WatchOptions {
  @Option(names = "--plain", description = "Plain lines, even on a terminal.")
  boolean plain;

  @Option(
      names = "--dashboard",
      paramLabel = "PORT",
      description = "Serve a read-only page, server-sent events and /metrics; 0 = any free port.")
  Optional<Integer> dashboard = Optional.empty();

  @Option(
      names = "--service",
      paramLabel = "PORT",
      description = "Serve the gRPC run service: follow, pause, resume, stop; 0 = any free port.")
  Optional<Integer> service = Optional.empty();

  @Option(
      names = "--bind",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "Address for both (default: ${DEFAULT-VALUE}). Neither asks who is calling, so think before you open it.")
  String bind;

  /** Tries the ports before anything is made, so that a taken one leaves nothing behind. */
  void check() throws Complaint {
    for (Optional<Integer> port : List.of(dashboard, service)) {
      if (port.isPresent()) {
        check(port.get());
      }
    }
  }

  /**
   * For what can't be watched.
   *
   * @param what it is instead of a run
   */
  void requireNone(String what) throws Complaint {
    if (dashboard.isPresent() || service.isPresent()) {
      throw Complaint.usage(
          (dashboard.isPresent() ? "--dashboard" : "--service")
              + ": this is "
              + what
              + " (expected: neither of --dashboard and --service)");
    }
  }

  private void check(int port) throws Complaint {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(bind, port));
    } catch (IOException | IllegalArgumentException e) {
      throw Complaint.usage("can't listen on " + bind + ":" + port + ": " + e.getMessage());
    }
  }
}
