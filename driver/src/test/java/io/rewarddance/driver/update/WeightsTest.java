package io.rewarddance.driver.update;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.testing.Await;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.PolicyRef;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
final class WeightsTest {
  private static final PolicyRef POLICY = new PolicyRef(5, Backends.NEW_POLICY);
  private static final String PATH = "/v1/policies/5/weights";

  private static Vertx vertx;
  private static WireMockServer backend;

  @TempDir Path temporary;
  private final byte[] weights = new byte[500_000];
  private Path target;
  private TrainingClient client;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    backend = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    backend.start();
  }

  @AfterAll
  static void stop() throws Exception {
    backend.stop();
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @BeforeEach
  void prepare() {
    backend.resetAll();
    new Random(9).nextBytes(weights);
    target = temporary.resolve("weights.safetensors");
    client = connect(Duration.ofSeconds(20));
  }

  @AfterEach
  void close() {
    client.close();
  }

  private static TrainingClient connect(Duration deadline) {
    return new TrainingClient(
        vertx,
        URI.create(backend.baseUrl()),
        Backends.config(deadline, 2, Optional.empty()),
        () -> 0);
  }

  private static void answers(ResponseDefinitionBuilder first, ResponseDefinitionBuilder later) {
    backend.stubFor(
        get(urlEqualTo(PATH))
            .inScenario("weights")
            .whenScenarioStateIs(Scenario.STARTED)
            .willSetStateTo("later")
            .willReturn(first));
    backend.stubFor(
        get(urlEqualTo(PATH)).inScenario("weights").whenScenarioStateIs("later").willReturn(later));
  }

  private ResponseDefinitionBuilder whole() {
    return ok().withBody(weights);
  }

  private StepFailedException failure() {
    return catchThrowableOfType(StepFailedException.class, () -> client.weights(POLICY, target));
  }

  /** Deletion of what an abandoned attempt wrote is asynchronous. */
  private void awaitFiles(Path... expected) {
    Await.until(
        "there is nothing but " + List.of(expected),
        () -> {
          try (Stream<Path> files = Files.list(temporary)) {
            return files.toList().equals(List.of(expected));
          }
        });
  }

  @Test
  void weightsAreWrittenToTheFileInPlaceOfWhatWasThere() throws IOException {
    Files.write(target, new byte[900_000]);
    answers(whole(), whole());
    client.weights(POLICY, target);
    assertThat(target).hasBinaryContent(weights);
    awaitFiles(target);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "MALFORMED_RESPONSE_CHUNK"})
  void aDownloadThatBreaksStartsAnew(Fault fault) throws IOException {
    answers(aResponse().withFault(fault), whole());
    client.weights(POLICY, target);
    assertThat(target).hasBinaryContent(weights);
    awaitFiles(target);
    OpenFiles.awaitNone(temporary);
    backend.verify(2, getRequestedFor(urlEqualTo(PATH)));
  }

  @Test
  void aDownloadThatAlwaysBreaksLeavesNothing() throws IOException {
    ResponseDefinitionBuilder broken = aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK);
    answers(broken, broken);
    StepFailedException failure = failure();
    assertThat(failure.failure().kind()).isEqualTo(FailureKind.BACKEND_ERROR);
    assertThat(failure.isRepeatable()).isTrue();
    awaitFiles();
    OpenFiles.awaitNone(temporary);
    backend.verify(3, getRequestedFor(urlEqualTo(PATH)));
  }

  @Test
  void aServerErrorIsRepeatedAndItsTextIsNoWeights() throws IOException {
    answers(aResponse().withStatus(500).withBody(Backends.errorJson("internal")), whole());
    client.weights(POLICY, target);
    assertThat(target).hasBinaryContent(weights);
    awaitFiles(target);
  }

  @Test
  void aServerErrorThatStaysIsTold() throws IOException {
    ResponseDefinitionBuilder error =
        aResponse().withStatus(500).withBody(Backends.errorJson("internal"));
    answers(error, error);
    assertThat(failure())
        .hasMessageContaining("GET " + PATH + ": 500 internal: why: 1 (expected: 2)");
    awaitFiles();
  }

  @Test
  void aRefusalIsToldInTheBackendsWordsAndNotRepeated() throws IOException {
    answers(aResponse().withStatus(404).withBody(Backends.errorJson("unknown_policy")), whole());
    StepFailedException failure = failure();
    assertThat(failure.failure().message())
        .isEqualTo("GET " + PATH + ": 404 unknown_policy: why: 1 (expected: 2)");
    assertThat(failure.isRepeatable()).isFalse();
    backend.verify(1, getRequestedFor(urlEqualTo(PATH)));
    awaitFiles();
  }

  @Test
  void aRefusalThatIsNoTextIsToldAllTheSame() {
    answers(aResponse().withStatus(403).withBody(new byte[] {(byte) 0xff, (byte) 0xfe}), whole());
    assertThat(failure()).hasMessageContaining("GET " + PATH + ": 403 ");
  }

  @Test
  void aDownloadThatDripsMeetsTheDeadlineAndLeavesNothing() throws IOException {
    client.close();
    client = connect(Duration.ofMillis(400));
    ResponseDefinitionBuilder drip = whole().withChunkedDribbleDelay(20, 2000);
    answers(drip, drip);
    assertThat(failure().failure().kind()).isEqualTo(FailureKind.BACKEND_TIMEOUT);
    assertThat(target).doesNotExist();
  }
}
