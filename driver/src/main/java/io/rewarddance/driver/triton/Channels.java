package io.rewarddance.driver.triton;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.rewarddance.driver.config.Loopback;
import io.rewarddance.driver.config.TritonConfig;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Opens channels with the settings that Triton's servers and image-sized messages ask for. */
final class Channels {
  /** A server answers pings that come more often than every 300 s with GOAWAY. */
  private static final int KEEPALIVE_S = 300;

  private static final int KEEPALIVE_TIMEOUT_S = 20;

  /** One message of megabytes fits in, however little may be under way. */
  private static final int LEAST_WINDOW = 4 << 20;

  /** Errors of a failed load don't fit into the default of 8 KiB. */
  private static final int MAX_METADATA = 256 << 10;

  private Channels() {}

  /**
   * @throws IllegalArgumentException when a token would travel unencrypted to another machine
   * @throws UncheckedIOException when certificates can't be read
   */
  static ManagedChannel open(String endpoint, TritonConfig config) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forTarget(target(endpoint))
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .maxInboundMetadataSize(MAX_METADATA)
            .flowControlWindow(window(config.maxInFlightBytes()))
            .keepAliveTime(KEEPALIVE_S, TimeUnit.SECONDS)
            .keepAliveTimeout(KEEPALIVE_TIMEOUT_S, TimeUnit.SECONDS)
            .keepAliveWithoutCalls(false)
            // Retries are ours: they look at texts and at other endpoints.
            .disableRetry();
    Transport.use(builder);
    if (config.tls().enabled()) {
      encrypt(builder, config.tls());
    } else {
      builder.usePlaintext();
    }
    config.tokenFile().ifPresent(file -> builder.intercept(token(endpoint, config, file)));
    return builder.build();
  }

  /**
   * Room for all answers that may be under way. With less, answers wait for it inside the server,
   * which doesn't send them in the order in which they came to wait: some are overtaken for a
   * second or third time. What the JVM must hold of them {@code max_in_flight} bounds already.
   */
  private static int window(long maxInFlightBytes) {
    return (int) Math.min(Math.max(maxInFlightBytes, LEAST_WINDOW), Integer.MAX_VALUE);
  }

  /** Escapes the brackets of an IPv6 address. */
  private static String target(String endpoint) {
    try {
      return new URI("dns", "", "/" + endpoint, null).toString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("endpoint: " + endpoint + " (expected: host:port)", e);
    }
  }

  private static BearerToken token(String endpoint, TritonConfig config, Path file) {
    if (!config.tls().enabled() && !Loopback.is(endpoint)) {
      throw new IllegalArgumentException(
          "triton.tls.enabled: false (expected: true, as token_file would be readable on the way to "
              + endpoint
              + ")");
    }
    return new BearerToken(file);
  }

  private static void encrypt(NettyChannelBuilder builder, TritonConfig.Tls tls) {
    try {
      SslContextBuilder context = GrpcSslContexts.forClient();
      tls.ca().map(Path::toFile).ifPresent(context::trustManager);
      if (tls.certificate().isPresent()) {
        File key = tls.key().orElseThrow().toFile();
        context.keyManager(tls.certificate().get().toFile(), key);
      }
      builder.sslContext(context.build()).useTransportSecurity();
    } catch (SSLException | IllegalArgumentException e) {
      throw new UncheckedIOException(
          "triton.tls: " + tls + " can't be used: " + e.getMessage(), new IOException(e));
    }
  }
}
