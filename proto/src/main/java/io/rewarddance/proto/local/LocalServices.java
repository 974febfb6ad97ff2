package io.rewarddance.proto.local;

import java.net.URI;
import java.util.Optional;

/**
 * The running services of a {@link LocalStack}; closing ends them and frees their native memory.
 */
public interface LocalServices extends AutoCloseable {
  /** {@code host:port} of the gRPC service, when an inference server was asked for. */
  Optional<String> inferenceEndpoint();

  /** Base address of the HTTP service, when a training backend was asked for. */
  Optional<URI> trainingEndpoint();

  @Override
  void close();
}
