package io.rewarddance.driver.update;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.rewarddance.driver.config.TlsFiles;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.testing.Certificate;
import io.rewarddance.proto.training.PolicyState;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.rollout.FailureKind;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The training backend over TLS, with certificates of its own making. */
@Timeout(30)
final class BackendSecurityTest {
  private static final PolicyState STATE =
      new PolicyState("quick", 2, 4, Backends.NEW_POLICY, 36, List.of("nft"));

  @TempDir static Path keys;
  private static Certificate server;
  private static Certificate user;
  private static Vertx vertx;

  @BeforeAll
  static void start() throws Exception {
    server = Certificate.make(keys, "server");
    user = Certificate.make(keys, "user");
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private static WireMockServer backend(boolean mutual) {
    WireMockConfiguration options =
        WireMockConfiguration.options()
            .httpDisabled(true)
            .dynamicHttpsPort()
            .keystorePath(server.store().toString())
            .keystorePassword(Certificate.PASSWORD)
            .keyManagerPassword(Certificate.PASSWORD)
            .keystoreType("PKCS12");
    if (mutual) {
      options
          .needClientAuth(true)
          .trustStorePath(user.store().toString())
          .trustStorePassword(Certificate.PASSWORD)
          .trustStoreType("PKCS12");
    }
    WireMockServer backend = new WireMockServer(options);
    backend.start();
    backend.stubFor(any(anyUrl()).willReturn(ok(TrainingJson.write(STATE))));
    return backend;
  }

  private static TrainingClient connect(String endpoint, TlsFiles tls, Optional<Path> token) {
    return new TrainingClient(
        vertx,
        URI.create(endpoint),
        Backends.config(Duration.ofSeconds(20), 0, tls, token),
        () -> 0);
  }

  private static TlsFiles trusting(Certificate ca) {
    return new TlsFiles(Optional.of(ca.pem()), Optional.empty(), Optional.empty());
  }

  private static StepFailedException failure(TrainingClient client) {
    return catchThrowableOfType(StepFailedException.class, client::policy);
  }

  @Test
  void aTrustedBackendGetsTheTokenAndAnotherGetsNothing() throws Exception {
    Path token = Files.writeString(keys.resolve("token"), "secret");
    WireMockServer backend = backend(false);
    String endpoint = "https://localhost:" + backend.httpsPort();
    try (TrainingClient known = connect(endpoint, trusting(server), Optional.of(token));
        TrainingClient stranger = connect(endpoint, trusting(user), Optional.of(token));
        TrainingClient usual = connect(endpoint, TlsFiles.NONE, Optional.of(token))) {
      for (TrainingClient client : List.of(stranger, usual)) {
        StepFailedException refused = failure(client);
        assertThat(refused.failure().kind()).isEqualTo(FailureKind.BACKEND_ERROR);
        assertThat(refused).hasMessageContaining("unable to find valid certification path");
      }
      assertThat(backend.getAllServeEvents()).isEmpty();
      assertThat(known.policy()).isEqualTo(STATE);
      assertThat(backend.getAllServeEvents())
          .allMatch(e -> e.getRequest().getHeader("authorization").equals("Bearer secret"));
    } finally {
      backend.stop();
    }
  }

  @Test
  void aBackendThatAsksForACertificateGetsOurs() {
    WireMockServer backend = backend(true);
    String endpoint = "https://localhost:" + backend.httpsPort();
    TlsFiles own =
        new TlsFiles(Optional.of(server.pem()), Optional.of(user.pem()), Optional.of(user.key()));
    try (TrainingClient known = connect(endpoint, own, Optional.empty());
        TrainingClient unknown = connect(endpoint, trusting(server), Optional.empty())) {
      assertThat(known.policy()).isEqualTo(STATE);
      assertThat(failure(unknown).failure().kind()).isEqualTo(FailureKind.BACKEND_ERROR);
    } finally {
      backend.stop();
    }
  }

  @Test
  void aTokenIsNotSentInTheClearToAnotherMachine() throws Exception {
    Optional<Path> token = Optional.of(Files.writeString(keys.resolve("token"), "secret"));
    for (String here : List.of("http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1")) {
      connect(here, TlsFiles.NONE, token).close();
    }
    connect("http://192.0.2.1:8080", TlsFiles.NONE, Optional.empty()).close();
    connect("https://192.0.2.1:8080", TlsFiles.NONE, token).close();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connect("http://192.0.2.1:8080", TlsFiles.NONE, token))
        .withMessage(
            "training.endpoint: http://192.0.2.1:8080"
                + " (expected: https, as training.token_file would be readable on the way)");
  }

  @Test
  void anEmptyTokenIsNamed() throws Exception {
    Path token = Files.writeString(keys.resolve("empty"), " \n");
    try (TrainingClient client = connect("http://localhost:1", TlsFiles.NONE, Optional.of(token))) {
      assertThat(failure(client))
          .hasMessageContaining("training.token_file: " + token + " is empty");
    }
  }

  @Test
  void certificatesThatCantBeReadAreNamed() throws Exception {
    Path garbage = Files.writeString(keys.resolve("garbage.pem"), "no certificate");
    TlsFiles tls = new TlsFiles(Optional.of(garbage), Optional.empty(), Optional.empty());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connect("https://localhost:1", tls, Optional.empty()))
        .withMessageContaining("training.tls: " + garbage + " can't be used");
  }
}
