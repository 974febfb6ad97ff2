package io.rewarddance.embedded.server.grpc;

import io.grpc.BindableService;
import io.grpc.DecompressorRegistry;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The gRPC server itself, with Triton's limits. */
public final class Transport {
  /** Enough for a batch of images in flight without waiting for the client's next window. */
  private static final int FLOW_CONTROL_WINDOW_BYTES = 8 << 20;

  /** Triton asks its clients for five minutes; a server in the same process can be milder. */
  private static final long LEAST_KEEPALIVE_SECONDS = 10;

  private Transport() {}

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   * @throws IOException when the port can't be bound
   */
  public static Server start(String host, int port, Executor executor, BindableService... services)
      throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
            .executor(executor)
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .flowControlWindow(FLOW_CONTROL_WINDOW_BYTES)
            .permitKeepAliveTime(LEAST_KEEPALIVE_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .decompressorRegistry(
                DecompressorRegistry.getDefaultInstance().with(new DeflateCodec(), true))
            .intercept(new StreamErrorMode());
    for (BindableService service : services) {
      builder.addService(service);
    }
    return builder.build().start();
  }
}
