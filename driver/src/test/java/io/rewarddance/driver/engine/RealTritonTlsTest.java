package io.rewarddance.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.testing.Certificate;
import io.rewarddance.driver.testing.RealTriton;
import io.rewarddance.driver.testing.TritonConfigs;
import io.rewarddance.driver.triton.ErrorKind;
import io.rewarddance.driver.triton.TritonClient;
import io.rewarddance.driver.triton.TritonException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** NVIDIA's server with its gRPC port encrypted. Skipped where that isn't installed. */
@Tag("real")
@Timeout(120)
final class RealTritonTlsTest {
  @TempDir static Path keys;
  private static Certificate server;
  private static Certificate user;

  @TempDir Path output;

  @BeforeAll
  static void makeCertificates() throws Exception {
    RealTriton.assumeInstalled(TinyRun.ROOT);
    server = Certificate.make(keys, "server");
    user = Certificate.make(keys, "user");
  }

  private RealTriton encrypted(String... more) throws Exception {
    RealTriton triton = new RealTriton(TinyRun.ROOT, output.resolve("served"));
    String[] options = {
      "--grpc-use-ssl=" + (more.length == 0),
      "--grpc-use-ssl-mutual=" + (more.length > 0),
      "--grpc-server-cert=" + server.pem(),
      "--grpc-server-key=" + server.key()
    };
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of(more));
    triton.launch(all.toArray(String[]::new));
    triton.await();
    return triton;
  }

  private static TritonConfig.Tls trusting(Certificate ca, Optional<Certificate> own) {
    return new TritonConfig.Tls(
        true, Optional.of(ca.pem()), own.map(Certificate::pem), own.map(Certificate::key));
  }

  private static boolean live(RealTriton triton, TritonConfig.Tls tls) {
    try (TritonClient client =
        TritonClient.connect(
            List.of(triton.endpoint()), TritonConfigs.ofSecurity(tls, Optional.empty()), () -> 0)) {
      return client.controls().get(0).live().join();
    }
  }

  private static TritonException refusal(RealTriton triton, TritonConfig.Tls tls) {
    return (TritonException) catchThrowable(() -> live(triton, tls)).getCause();
  }

  @Test
  void aRunGoesOverTlsAndWhoeverTrustsAnotherIsToldSo() throws Exception {
    try (RealTriton triton = encrypted()) {
      TritonException untrusted = refusal(triton, trusting(user, Optional.empty()));
      assertThat(untrusted.kind()).isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(untrusted).hasMessageContaining("unable to find valid certification path");
      assertThat(refusal(triton, TritonConfigs.PLAIN))
          .hasMessageContaining("Network closed for unknown reason");

      Path token = Files.writeString(output.resolve("token"), "secret");
      TinyRun run =
          TinyRun.of(
              output,
              "encrypted",
              RealTritonRuns.EXPERIMENT,
              "rollouts.iterations=1",
              "evaluate.every=0",
              "evaluate.held_out_images=0",
              "evaluate.grid=0",
              "triton.endpoints=['" + triton.endpoint() + "']",
              "triton.tls={enabled: true, ca: '" + server.pem() + "'}",
              "triton.token_file='" + token + "'",
              "publish.directory='" + triton.repository() + "'");
      RealTritonRuns.finished(run.start());
      assertThat(triton.serves(2)).isTrue();
    }
  }

  @Test
  void aServerThatAsksForACertificateGetsOurs() throws Exception {
    try (RealTriton triton = encrypted("--grpc-root-cert=" + user.pem())) {
      assertThat(live(triton, trusting(server, Optional.of(user)))).isTrue();
      assertThat(refusal(triton, trusting(server, Optional.empty())).kind())
          .isEqualTo(ErrorKind.UNREACHABLE);
    }
  }

  @Test
  void aServerWithoutTlsIsNamed() throws Exception {
    try (RealTriton triton = new RealTriton(TinyRun.ROOT, output.resolve("plain"))) {
      triton.relaunch();
      assertThat(refusal(triton, trusting(server, Optional.empty())))
          .hasMessageContaining("not an SSL/TLS record");
    }
  }
}
