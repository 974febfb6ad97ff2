package io.rewarddance.driver.service;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.rewarddance.driver.feed.RunFeed;
import io.rewarddance.driver.loop.RunControl;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The gRPC server of one run. Closing lets followers read to the end, for a moment. */
public final class RunServer implements AutoCloseable {
  private static final int GRACE_SECONDS = 2;

  private final Server server;

  private RunServer(Server server) {
    this.server = server;
  }

  /**
   * @param host address to listen on
   * @param port or 0 for any free one
   * @throws IOException when the port can't be bound
   */
  public static RunServer start(String host, int port, RunFeed feed, RunControl control)
      throws IOException {
    return new RunServer(
        NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
            .addService(new RunServiceImpl(feed, control))
            .build()
            .start());
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdown();
    try {
      if (!server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
