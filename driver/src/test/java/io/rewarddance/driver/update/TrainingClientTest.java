package io.rewarddance.driver.update;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.rewarddance.driver.update.Backends.BASE_VERSION;
import static io.rewarddance.driver.update.Backends.PATH;
import static io.rewarddance.driver.update.Backends.errorJson;
import static io.rewarddance.driver.update.Backends.progressJson;
import static io.rewarddance.driver.update.Backends.resultJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.proto.training.PolicyState;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.rollout.FailureKind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class TrainingClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int RETRIES = 3;

  private static Vertx vertx;
  private static WireMockServer backend;

  @TempDir Path temporary;
  private UpdateOrder order;
  private byte[] rollouts;
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
  void writeRollouts() throws IOException {
    backend.resetAll();
    rollouts = new byte[300_000];
    new Random(7).nextBytes(rollouts);
    Path file = Files.write(temporary.resolve("iteration-000003.h5"), rollouts);
    order = new UpdateOrder("quick", 3, file, Backends.DIGEST);
    client = connect(LONG, Optional.empty());
  }

  @AfterEach
  void close() {
    client.close();
  }

  private TrainingClient connect(Duration deadline, Optional<Path> token) {
    return new TrainingClient(
        vertx,
        URI.create(backend.baseUrl() + "/"),
        Backends.config(deadline, RETRIES, token),
        () -> 0);
  }

  private void reconnect(Duration deadline) {
    client.close();
    client = connect(deadline, Optional.empty());
  }

  /** Answers to POST, in order; the last one stays. */
  private static void onPost(ResponseDefinitionBuilder... answers) {
    inOrder(() -> post(urlPathEqualTo(PATH)), "post", answers);
  }

  private static void onGet(String path, ResponseDefinitionBuilder... answers) {
    inOrder(() -> get(urlPathEqualTo(path)), "get", answers);
  }

  private static void inOrder(
      Supplier<MappingBuilder> call, String scenario, ResponseDefinitionBuilder... answers) {
    int last = answers.length - 1;
    for (int i = 0; i <= last; i++) {
      backend.stubFor(
          call.get()
              .inScenario(scenario)
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "answer " + i)
              .willSetStateTo(last == 0 ? Scenario.STARTED : "answer " + Math.min(i + 1, last))
              .willReturn(answers[i]));
    }
  }

  private static ResponseDefinitionBuilder status(int status, String body) {
    return aResponse().withStatus(status).withBody(body);
  }

  private static ResponseDefinitionBuilder done() {
    return ok(resultJson());
  }

  private StepFailedException failure() {
    return catchThrowableOfType(
        StepFailedException.class, () -> client.update(order, BASE_VERSION));
  }

  private static void assertPosts(int count) {
    backend.verify(count, postRequestedFor(urlPathEqualTo(PATH)));
  }

  @Test
  void theFileIsSentWholeAndTheResultComesBack() {
    onPost(done());
    assertThat(client.update(order, BASE_VERSION)).isEqualTo(Backends.result());
    backend.verify(
        1,
        postRequestedFor(urlEqualTo(PATH + "?wait=20"))
            .withHeader("content-type", equalTo("application/x-hdf5"))
            .withoutHeader("authorization")
            .withRequestBody(binaryEqualTo(rollouts)));
  }

  @Test
  void aLongUpdateIsAskedForUntilItIsDone() {
    onPost(status(202, progressJson()));
    onGet(PATH, status(202, progressJson()), status(202, "whatever"), done());
    assertThat(client.update(order, BASE_VERSION)).isEqualTo(Backends.result());
    assertPosts(1);
    backend.verify(3, getRequestedFor(urlEqualTo(PATH + "?wait=20")));
  }

  @Test
  void anUpdateThatABackendForgotWhenItDiedIsSentAgain() {
    onPost(status(202, progressJson()), done());
    onGet(PATH, status(404, errorJson("unknown_update")));
    assertThat(client.update(order, BASE_VERSION)).isEqualTo(Backends.result());
    assertPosts(2);
    backend.verify(
        2, postRequestedFor(urlPathEqualTo(PATH)).withRequestBody(binaryEqualTo(rollouts)));
  }

  @Test
  void aBackendThatForgetsAlwaysIsNotAskedForEver() {
    onPost(status(202, progressJson()));
    onGet(PATH, status(404, errorJson("unknown_run")));
    StepFailedException failure = failure();
    assertThat(failure.failure().kind()).isEqualTo(FailureKind.BACKEND_ERROR);
    assertThat(failure).hasMessageContaining("404 after 202, 4 times");
    assertThat(failure.isRepeatable()).isTrue();
    assertPosts(1 + RETRIES);
  }

  @Test
  void aBackendWithoutTheCallIsNotAskedAgain() {
    onPost(status(404, "<html>no such page</html>"));
    StepFailedException failure = failure();
    assertThat(failure.failure().kind()).isEqualTo(FailureKind.BACKEND_ERROR);
    assertThat(failure).hasMessageContaining("POST " + PATH + ": 404 <html>no such page</html>");
    assertThat(failure.isRepeatable()).isFalse();
    assertPosts(1);
  }

  @ParameterizedTest
  @CsvSource({
    "409, conflict, BACKEND_CONFLICT",
    "409, stale_policy, BACKEND_CONFLICT",
    "422, non_finite, BACKEND_NOT_FINITE",
    "400, bad_file, BACKEND_ERROR",
    "401, unauthorized, BACKEND_ERROR",
    "413, too_large, BACKEND_ERROR",
    "501, not_implemented, BACKEND_ERROR",
  })
  void aRefusalIsNotRepeated(int status, String error, FailureKind kind) {
    onPost(status(status, errorJson(error)));
    StepFailedException failure = failure();
    assertThat(failure.failure().kind()).isEqualTo(kind);
    assertThat(failure.isRepeatable()).isFalse();
    assertThat(failure.failure().message())
        .isEqualTo("POST " + PATH + ": " + status + " " + error + ": why: 1 (expected: 2)");
    assertPosts(1);
  }

  @Test
  void aRefusalOfAnUpdateUnderWayIsToldByThePoll() {
    onPost(status(202, progressJson()));
    onGet(PATH, status(202, progressJson()), status(422, errorJson("non_finite")));
    StepFailedException failure = failure();
    assertThat(failure.failure().kind()).isEqualTo(FailureKind.BACKEND_NOT_FINITE);
    assertThat(failure.isRepeatable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void aServerErrorIsRepeated(int status) {
    onPost(status(status, errorJson("internal")), status(status, ""), done());
    assertThat(client.update(order, BASE_VERSION)).isEqualTo(Backends.result());
    assertPosts(3);
    backend.verify(
        3, postRequestedFor(urlPathEqualTo(PATH)).withRequestBody(binaryEqualTo(rollouts)));
  }

  @Test
  void aServerErrorThatStaysEndsTheStepButMayBeRepeatedLater() {
    onPost(status(503, errorJson("busy")));
    StepFailedException failure = failure();
    assertThat(failure.failure().kind()).isEqualTo(FailureKind.BACKEND_ERROR);
    assertThat(failure).hasMessageContaining("503 busy");
    assertThat(failure.isRepeatable()).isTrue();
    assertPosts(1 + RETRIES);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "MALFORMED_RESPONSE_CHUNK"})
  void aBrokenConnectionIsRepeated(Fault fault) {
    onPost(aResponse().withFault(fault), done());
    assertThat(client.update(order, BASE_VERSION)).isEqualTo(Backends.result());
    assertPosts(2);
  }

  @Test
  void aConnectionThatBreaksWhileItPollsIsRepeated() {
    onPost(status(202, progressJson()));
    onGet(PATH, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), done());
    assertThat(client.update(order, BASE_VERSION)).isEqualTo(Backends.result());
    assertPosts(1);
  }

  @Test
  void nobodyThereIsAnErrorThatMayPass() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    client.close();
    client =
        new TrainingClient(
            vertx,
            URI.create("http://127.0.0.1:" + free),
            Backends.config(LONG, RETRIES, Optional.empty()),
            () -> 0);
    StepFailedException failure = failure();
    assertThat(failure.failure().kind()).isEqualTo(FailureKind.BACKEND_ERROR);
    assertThat(failure).hasMessageContaining("Connection refused").hasMessageContaining("" + free);
    assertThat(failure.isRepeatable()).isTrue();
  }

  @Test
  void aBackendThatNeverAnswersMeetsTheDeadlineOnce() {
    reconnect(Duration.ofMillis(500));
    onPost(done().withFixedDelay(3000));
    long start = System.nanoTime();
    StepFailedException failure = failure();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    assertThat(failure.failure().kind()).isEqualTo(FailureKind.BACKEND_TIMEOUT);
    assertThat(failure.isRepeatable()).isTrue();
    assertPosts(1);
  }

  @Test
  void anUpdateThatIsNeverDoneMeetsTheDeadlineAndIsNotAskedForInAHurry() {
    reconnect(Duration.ofMillis(900));
    onPost(status(202, progressJson()));
    onGet(PATH, status(202, progressJson()));
    StepFailedException failure = failure();
    assertThat(failure.failure().kind()).isEqualTo(FailureKind.BACKEND_TIMEOUT);
    assertThat(failure).hasMessageContaining("not done in 0.9 s");
    assertThat(backend.findAll(getRequestedFor(urlPathEqualTo(PATH)))).hasSizeLessThan(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "<html></html>", "{\"run\": \"quick\"", "{}", "\u0000\u0001"})
  void garbageIsAnErrorAndNoResult(String body) {
    onPost(ok(body));
    StepFailedException failure = failure();
    assertThat(failure.failure().kind()).isEqualTo(FailureKind.BACKEND_ERROR);
    assertThat(failure.isRepeatable()).isFalse();
    assertPosts(1);
  }

  @Test
  void muchGarbageIsQuotedInPart() {
    onPost(ok("x".repeat(100_000)));
    assertThat(failure().getMessage()).hasSizeLessThan(1500).contains("xxx...");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "\"NaN\"", "1e999"})
  void aLossThatIsNotFiniteIsNotTakenHoweverItIsWritten(String loss) {
    onPost(ok(resultJson().replace("\"loss\":0.25", "\"loss\":" + loss)));
    StepFailedException failure = failure();
    assertThat(failure.failure().kind()).isEqualTo(FailureKind.BACKEND_NOT_FINITE);
    assertThat(failure.isRepeatable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"loss\":null", "\"lost\":0.25", "\"loss\":\"low\""})
  void aMissingNumberIsNotTakenForZero(String field) {
    onPost(ok(resultJson().replace("\"loss\":0.25", field)));
    assertThat(failure().failure().kind()).isEqualTo(FailureKind.BACKEND_ERROR);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      "run":"quick"      | "run":"other"      | run: other (expected: quick)
      "iteration":3      | "iteration":2      | iteration: 2 (expected: 3)
      "digest":"abab     | "digest":"ffab     | digest: ffab
      "policyVersion":5  | "policyVersion":4  | policyVersion: 4 (expected: 5)
      "policyVersion":5  | "policyVersion":6  | policyVersion: 6 (expected: 5)
      "policyDigest":"cd | "policyDigest":"CD | 64 lower-case hex digits
      """)
  void anAnswerToAnotherUpdateIsNotTaken(String right, String wrong, String text) {
    assertThat(resultJson()).contains(right);
    onPost(ok(resultJson().replace(right, wrong)));
    StepFailedException failure = failure();
    assertThat(failure.failure().kind()).isEqualTo(FailureKind.BACKEND_ERROR);
    assertThat(failure).hasMessageContaining(text);
    assertThat(failure.isRepeatable()).isFalse();
  }

  @Test
  void aTokenIsSentWithEveryCall() throws IOException {
    Path token = Files.writeString(temporary.resolve("token"), "secret\n");
    client.close();
    client = connect(LONG, Optional.of(token));
    onPost(status(202, progressJson()));
    onGet(PATH, done());
    client.update(order, BASE_VERSION);
    assertThat(backend.getAllServeEvents())
        .hasSize(2)
        .allMatch(e -> e.getRequest().getHeader("authorization").equals("Bearer secret"));
  }

  @Test
  void aTokenThatCantBeReadIsAFailureOfEveryCall() {
    client.close();
    client = connect(LONG, Optional.of(temporary.resolve("absent")));
    for (StepFailedException failure :
        List.of(
            failure(), catchThrowableOfType(StepFailedException.class, () -> client.policy()))) {
      assertThat(failure.failure().kind()).isEqualTo(FailureKind.BACKEND_ERROR);
      assertThat(failure).hasMessageContaining("training.token_file");
    }
    assertThat(backend.getAllServeEvents()).isEmpty();
  }

  @Test
  void thePolicyIsRead() {
    PolicyState state =
        new PolicyState("quick", 2, 4, Backends.NEW_POLICY, 36, List.of("grpo", "nft"));
    onGet("/v1/policy", status(500, ""), ok(TrainingJson.write(state)));
    assertThat(client.policy()).isEqualTo(state);
  }

  @Test
  void noFileIsLeftOpen() throws IOException {
    onPost(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), status(500, ""), done());
    client.update(order, BASE_VERSION);
    OpenFiles.awaitNone(temporary);
  }
}
