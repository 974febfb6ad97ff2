package io.rewarddance.driver.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the models are served.
 *
 * @param endpoints {@code host:port} of each Triton; empty = the embedded server
 * @param repository Triton model repository; needed by the embedded server
 * @param generator model that draws
 * @param oracle model that knows the truth; it measures and never rewards. None = no gold numbers
 * @param deadline of one inference request
 * @param loadDeadline of one model load
 * @param maxInFlightBytes tensor bytes that may be under way at once, over all endpoints
 * @param requestsInFlight requests under way at once, for each model and times the endpoints
 * @param retries further attempts for a request that is safe to repeat
 * @param tls transport security
 * @param tokenFile file with a bearer token, sent with every call
 */
public record TritonConfig(
    List<String> endpoints,
    Optional<Path> repository,
    String generator,
    Optional<String> oracle,
    Duration deadline,
    Duration loadDeadline,
    long maxInFlightBytes,
    int requestsInFlight,
    int retries,
    Tls tls,
    Optional<Path> tokenFile) {
  public TritonConfig {
    endpoints = List.copyOf(endpoints);
    Check.notBlank("triton.generator", generator);
    Check.positive("triton.deadline", deadline);
    Check.positive("triton.load_deadline", loadDeadline);
    Check.atLeast("triton.max_in_flight", maxInFlightBytes, 1);
    Check.atLeast("triton.requests_in_flight", requestsInFlight, 1);
    Check.atLeast("triton.retries", retries, 0);
  }

  /** Whether the models are served inside this JVM. */
  public boolean embedded() {
    return endpoints.isEmpty();
  }

  /** The same with another deadline for one request. */
  public TritonConfig withDeadline(Duration other) {
    return with(endpoints, other);
  }

  /** The same for other servers. */
  public TritonConfig withEndpoints(List<String> others) {
    return with(others, deadline);
  }

  /** The same for an embedded server of another repository. */
  public TritonConfig withRepository(Path other) {
    return new TritonConfig(
        endpoints,
        Optional.of(other),
        generator,
        oracle,
        deadline,
        loadDeadline,
        maxInFlightBytes,
        requestsInFlight,
        retries,
        tls,
        tokenFile);
  }

  private TritonConfig with(List<String> otherEndpoints, Duration otherDeadline) {
    return new TritonConfig(
        otherEndpoints,
        repository,
        generator,
        oracle,
        otherDeadline,
        loadDeadline,
        maxInFlightBytes,
        requestsInFlight,
        retries,
        tls,
        tokenFile);
  }

  /**
   * @param enabled TLS instead of plain text
   * @param ca certificates to trust, PEM; none = the JDK's
   * @param certificate own certificate for mutual TLS, PEM; comes with {@code key}
   * @param key private key of {@code certificate}, PEM (PKCS#8)
   */
  public record Tls(
      boolean enabled, Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
    public Tls {
      Check.that(
          certificate.isPresent() == key.isPresent(),
          "triton.tls.key",
          key.map(Path::toString).orElse("absent"),
          "present exactly when triton.tls.certificate is");
    }
  }
}
