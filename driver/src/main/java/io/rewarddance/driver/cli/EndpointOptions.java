package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.TritonConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Servers to look at, and how to reach them; the settings of {@code triton} on a command line. */
final class EndpointOptions {
  private static final Pattern ENDPOINT = Pattern.compile("([^:/\\s]+|\\[[0-9a-fA-F:]+]):\\d{1,5}");
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final long BYTES = 1 << 20;

  @Option(
      names = "--endpoint",
      paramLabel = "HOST:PORT",
      description = {
        "A Triton's gRPC port. Any number of times.",
        "It takes the place of the experiment file's triton.endpoints."
      })
  List<String> endpoints = List.of();

  @Option(names = "--tls", description = "Encrypted; implied by the next three.")
  boolean tls;

  @Option(names = "--ca", paramLabel = "FILE", description = "Certificates to trust, PEM.")
  Optional<Path> ca = Optional.empty();

  @Option(names = "--certificate", paramLabel = "FILE", description = "For mutual TLS, PEM.")
  Optional<Path> certificate = Optional.empty();

  @Option(names = "--key", paramLabel = "FILE", description = "Its private key, PEM (PKCS#8).")
  Optional<Path> key = Optional.empty();

  @Option(names = "--token-file", paramLabel = "FILE", description = "Bearer token for each call.")
  Optional<Path> tokenFile = Optional.empty();

  void check() throws Complaint {
    for (String endpoint : endpoints) {
      if (!ENDPOINT.matcher(endpoint).matches()) {
        throw Complaint.usage("--endpoint " + endpoint + " (expected: host:port)");
      }
    }
    if (certificate.isPresent() != key.isPresent()) {
      throw Complaint.usage("--certificate and --key (expected: both, or none)");
    }
  }

  /** As overrides of an experiment file. */
  List<String> sets() {
    List<String> sets = new ArrayList<>();
    if (!endpoints.isEmpty()) {
      sets.add("triton.endpoints=['" + String.join("','", endpoints) + "']");
    }
    if (encrypted()) {
      sets.add("triton.tls.enabled=true");
    }
    ca.ifPresent(file -> sets.add("triton.tls.ca=" + quoted(file)));
    certificate.ifPresent(file -> sets.add("triton.tls.certificate=" + quoted(file)));
    key.ifPresent(file -> sets.add("triton.tls.key=" + quoted(file)));
    tokenFile.ifPresent(file -> sets.add("triton.token_file=" + quoted(file)));
    return sets;
  }

  private boolean encrypted() {
    return tls || ca.isPresent() || certificate.isPresent();
  }

  private static String quoted(Path file) {
    return "'" + file.toAbsolutePath().toString().replace("'", "''") + "'";
  }

  /** Without an experiment file: only what a connection needs matters here. */
  TritonConfig config() {
    return new TritonConfig(
        endpoints,
        Optional.empty(),
        "any",
        Optional.empty(),
        DEADLINE,
        DEADLINE,
        BYTES,
        1,
        0,
        new TritonConfig.Tls(encrypted(), ca, certificate, key),
        tokenFile);
  }
}
