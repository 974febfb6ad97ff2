package io.rewarddance.driver.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a training backend is reached.
 *
 * @param endpoint its HTTP address; empty = the embedded one
 * @param tls certificates, where the address is https
 * @param tokenFile file with a bearer token, sent with every call
 * @param deadline of one update
 * @param retries further attempts for a call; updates are idempotent
 */
public record BackendConfig(
    Optional<URI> endpoint,
    TlsFiles tls,
    Optional<Path> tokenFile,
    Duration deadline,
    int retries) {
  public BackendConfig {
    Check.positive("training.deadline", deadline);
    Check.atLeast("training.retries", retries, 0);
  }

  /** Whether training runs inside this JVM. */
  public boolean embedded() {
    return endpoint.isEmpty();
  }
}
