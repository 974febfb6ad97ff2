package io.rewarddance.driver.testing;

import io.rewarddance.driver.config.TritonConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of a Triton client, patient enough for a loaded machine. */
public final class TritonConfigs {
  /** Without TLS. */
  public static final TritonConfig.Tls PLAIN =
      new TritonConfig.Tls(false, Optional.empty(), Optional.empty(), Optional.empty());

  private static final long MIB = 1 << 20;

  private TritonConfigs() {}

  public static TritonConfig ofRetries(int retries) {
    return of(Duration.ofSeconds(20), 64 * MIB, 4, retries, PLAIN, Optional.empty());
  }

  public static TritonConfig ofDeadline(Duration deadline) {
    return of(deadline, 64 * MIB, 4, 0, PLAIN, Optional.empty());
  }

  public static TritonConfig ofBounds(long bytes, int requests) {
    return of(Duration.ofSeconds(20), bytes, requests, 0, PLAIN, Optional.empty());
  }

  public static TritonConfig ofSecurity(TritonConfig.Tls tls, Optional<Path> tokenFile) {
    return of(Duration.ofSeconds(20), 64 * MIB, 4, 0, tls, tokenFile);
  }

  private static TritonConfig of(
      Duration deadline,
      long bytes,
      int requests,
      int retries,
      TritonConfig.Tls tls,
      Optional<Path> tokenFile) {
    return new TritonConfig(
        List.of(),
        Optional.empty(),
        "generator",
        Optional.empty(),
        deadline,
        Duration.ofSeconds(20),
        bytes,
        requests,
        retries,
        tls,
        tokenFile);
  }
}
