package io.rewarddance.embedded.trainer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.embedded.trainer.SampledRollouts;
import io.rewarddance.embedded.trainer.TestModel;
import io.rewarddance.embedded.trainer.TestSettings;
import io.rewarddance.embedded.trainer.TrainingBackend;
import io.rewarddance.embedded.trainer.TrainingBackendSettings;
import io.rewarddance.embedded.weights.SafeTensors;
import io.rewarddance.proto.training.PolicyState;
import io.rewarddance.proto.training.RollbackRequest;
import io.rewarddance.proto.training.TrainingError;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.proto.training.UpdateProgress;
import io.rewarddance.proto.training.UpdateReference;
import io.rewarddance.proto.training.UpdateResult;
import io.rewarddance.proto.training.UpdateSettings;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.digest.Sha256;
import io.rewarddance.rollout.store.StoredRollouts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingApiTest {
  private static final String HDF5 = "application/octet-stream";
  private static final String JSON = "application/json";
  private static SampledRollouts rollouts;

  @TempDir Path directory;
  private TrainingBackend backend;
  private Calls calls;

  @BeforeAll
  static void draw() throws Exception {
    rollouts = SampledRollouts.ode(8);
  }

  @BeforeEach
  void start() throws Exception {
    backend = TrainingBackend.start(directory.resolve("state"), TestModel.versionDirectory(), 0, 2);
    calls = new Calls(backend.port());
  }

  @AfterEach
  void stop() {
    calls.close();
    backend.close();
  }

  @Test
  void beginsWithTheInitialPolicy() throws Exception {
    PolicyState policy = calls.get("/v1/policy").as(PolicyState.class);
    assertThat(policy)
        .isEqualTo(
            new PolicyState(
                "", -1, 1, rollouts.policy().digest(), 0, List.of("grpo", "nft", "refl")));
    Calls.Answer weights = calls.get("/v1/policies/1/weights");
    assertThat(weights.status()).isEqualTo(200);
    assertThat(weights.headers()).containsEntry("etag", '"' + policy.policyDigest() + '"');
    assertThat(weights.body().getBytes())
        .isEqualTo(Files.readAllBytes(TestModel.versionDirectory().resolve("weights.safetensors")));
  }

  @Test
  void anUpdateIsMadeOnceHoweverOftenItIsSent() throws Exception {
    StoredRollouts file = file(0, rollouts.policy());
    UpdateResult result = update(0, file).as(UpdateResult.class);
    assertThat(result.policyVersion()).isEqualTo(2);
    assertThat(result.digest()).isEqualTo(file.sha256());
    assertThat(update(0, file).as(UpdateResult.class)).isEqualTo(result);
    assertThat(reference(0, file).as(UpdateResult.class)).isEqualTo(result);
    assertThat(calls.get(path(0)).as(UpdateResult.class)).isEqualTo(result);
    PolicyState policy = calls.get("/v1/policy").as(PolicyState.class);
    assertThat(policy.policyVersion()).isEqualTo(2);
    assertThat(policy.policyDigest()).isEqualTo(result.policyDigest());
    assertThat(policy.run()).isEqualTo("test");
    assertThat(policy.step()).isEqualTo(result.step());
  }

  @Test
  void handsOutThePolicyAndItsAverage() throws Exception {
    UpdateResult result = update(0, file(0, rollouts.policy())).as(UpdateResult.class);
    Calls.Answer policy = calls.get("/v1/policies/2/weights");
    assertThat(Sha256.of(policy.body().getBytes())).isEqualTo(result.policyDigest());
    assertThat(policy.headers()).containsEntry("etag", '"' + result.policyDigest() + '"');
    Calls.Answer average = calls.get("/v1/policies/2/weights?kind=average");
    Calls.Answer trained = calls.get("/v1/policies/2/weights?kind=trained");
    assertThat(average.body()).isNotEqualTo(policy.body()).isNotEqualTo(trained.body());
    assertThat(SafeTensors.decode(average.body().getBytes(), "average").firstNonFinite()).isEmpty();
    Calls.Answer cached =
        calls.call(
            HttpMethod.GET,
            "/v1/policies/2/weights",
            Map.of("if-none-match", '"' + result.policyDigest() + '"'),
            null);
    assertThat(cached.status()).isEqualTo(304);
    assertThat(cached.body().length()).isZero();
  }

  @Test
  void aRestartedBackendGoesOnWhereItWas() throws Exception {
    StoredRollouts file = file(0, rollouts.policy());
    UpdateResult result = update(0, file).as(UpdateResult.class);
    stop();
    start();
    assertThat(calls.get("/v1/policy").as(PolicyState.class).policyVersion()).isEqualTo(2);
    assertThat(update(0, file).as(UpdateResult.class)).isEqualTo(result);
    PolicyRef now = new PolicyRef(2, result.policyDigest());
    assertThat(update(1, file(1, now)).as(UpdateResult.class).policyVersion()).isEqualTo(3);
  }

  @Test
  void anotherFileForATrainedIterationIsAConflict() throws Exception {
    update(0, file(0, rollouts.policy()));
    UpdateSettings other = TestSettings.grpo();
    StoredRollouts changed =
        rollouts.write(
            directory.resolve("other"),
            "test",
            0,
            rollouts.policy(),
            TrainingJson.write(other),
            "nft");
    refused(update(0, changed), 409, "conflict");
  }

  @Test
  void staleRolloutsAreRefused() throws Exception {
    UpdateResult result = update(0, file(0, rollouts.policy())).as(UpdateResult.class);
    refused(update(1, file(1, rollouts.policy())), 409, "stale_policy");
    refused(update(1, file(1, new PolicyRef(2, rollouts.policy().digest()))), 409, "stale_policy");
    PolicyRef now = new PolicyRef(2, result.policyDigest());
    assertThat(update(3, file(3, now)).status()).as("a gap is no disorder").isEqualTo(200);
    refused(update(2, file(2, now)), 409, "conflict");
  }

  @Test
  void rollsBackAndForgets() throws Exception {
    UpdateResult first = update(0, file(0, rollouts.policy())).as(UpdateResult.class);
    PolicyRef second = new PolicyRef(2, first.policyDigest());
    update(1, file(1, second));
    PolicyState back = rollback("test", 0).as(PolicyState.class);
    assertThat(back.policyVersion()).isEqualTo(2);
    assertThat(back.policyDigest()).isEqualTo(first.policyDigest());
    refused(calls.get(path(1)), 404, "unknown_update");
    refused(calls.get("/v1/policies/3/weights"), 404, "unknown_policy");
    assertThat(update(1, file(1, second)).as(UpdateResult.class).policyVersion()).isEqualTo(3);
    assertThat(rollback("test", -1).as(PolicyState.class).policyVersion()).isEqualTo(1);
    assertThat(calls.get("/v1/policy").as(PolicyState.class).run()).isEmpty();
  }

  @Test
  void onlyTheNewestFewVersionsAreKept() throws Exception {
    PolicyRef policy = rollouts.policy();
    for (int i = 0; i < 5; i++) {
      UpdateResult result = update(i, file(i, policy)).as(UpdateResult.class);
      policy = new PolicyRef(result.policyVersion(), result.policyDigest());
    }
    assertThat(calls.get("/v1/policies/3/weights").status()).isEqualTo(200);
    refused(calls.get("/v1/policies/2/weights"), 404, "unknown_policy");
    refused(rollback("test", 0), 404, "unknown_policy");
    assertThat(calls.get(path(0)).as(UpdateResult.class).policyVersion()).isEqualTo(2);
  }

  @Test
  void aLongUpdateIsPolled() throws Exception {
    StoredRollouts file = file(0, rollouts.policy());
    Calls.Answer accepted = calls.post(path(0) + "?wait=0", HDF5, Files.readAllBytes(file.path()));
    assertThat(accepted.status()).isEqualTo(202);
    UpdateProgress progress = accepted.as(UpdateProgress.class);
    assertThat(progress.digest()).isEqualTo(file.sha256());
    assertThat(progress.state()).isIn("queued", "running");
    refused(update(1, file(1, rollouts.policy())), 503, "busy");
    assertThat(calls.get(path(0) + "?wait=30").as(UpdateResult.class).policyVersion()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"truncated", "flipped", "foreign", "empty"})
  void aDamagedFileIsRefused(String damage) throws Exception {
    byte[] bytes = Files.readAllBytes(file(0, rollouts.policy()).path());
    byte[] sent =
        switch (damage) {
          case "truncated" -> Arrays.copyOf(bytes, bytes.length / 2);
          case "flipped" -> {
            bytes[bytes.length / 2] ^= 1;
            yield bytes;
          }
          case "foreign" -> "not a rollout file".getBytes(UTF_8);
          default -> new byte[0];
        };
    refused(calls.post(path(0), HDF5, sent), 400, "bad_file");
    assertThat(calls.get("/v1/policy").as(PolicyState.class).policyVersion()).isEqualTo(1);
    assertThat(directory.resolve("state/incoming")).isEmptyDirectory();
  }

  @Test
  void aNumberThatIsNotFiniteChangesNothingAndKeepsTheEvidence() throws Exception {
    UpdateSettings bad =
        TestSettings.nft(
            4, new UpdateSettings.Optimizer("adamw", 1e38, 1, 0.9, 0.98, 1e-8, 0, 0.95, 1));
    StoredRollouts file = rollouts.write(directory, "test", 0, rollouts.policy(), bad);
    refused(update(0, file), 422, "non_finite");
    refused(calls.get(path(0)), 422, "non_finite");
    PolicyState policy = calls.get("/v1/policy").as(PolicyState.class);
    assertThat(policy.policyDigest()).isEqualTo(rollouts.policy().digest());
    assertThat(policy.policyVersion()).isEqualTo(1);
    Path evidence = directory.resolve("state/evidence");
    assertThat(evidence.toFile().list())
        .containsExactlyInAnyOrder(
            "iteration-000000-" + file.sha256().substring(0, 16) + ".h5",
            "iteration-000000-" + file.sha256().substring(0, 16) + ".json");
    assertThat(update(0, file(0, rollouts.policy())).status()).as("another try").isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "algorithm, ppo",
    "klEstimator, k9",
    "oldPolicy, never",
    "oldPolicy, 1.5",
  })
  void settingsThatCantBeAreNamed(String name, String value) throws Exception {
    String json =
        TrainingJson.write(TestSettings.nft())
            .replaceFirst("\"" + name + "\":\"[^\"]*\"", "\"" + name + "\":\"" + value + "\"");
    StoredRollouts file = rollouts.write(directory, "test", 0, rollouts.policy(), json, "nft");
    TrainingError error = refused(update(0, file), 400, "bad_file");
    assertThat(error.message()).contains(name + ": " + value).contains("expected: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | /v1/nothing                    | 404 | not_found",
        "GET  | /v1/runs/test/updates/0        | 404 | unknown_update",
        "GET  | /v1/runs/test/updates/first    | 400 | bad_request",
        "GET  | /v1/runs/test/updates/-1       | 400 | bad_request",
        "GET  | /v1/policies/7/weights         | 404 | unknown_policy",
        "GET  | /v1/policies/1/weights?kind=x  | 400 | bad_request",
        "POST | /v1/runs/test/updates/0        | 400 | bad_request",
        "POST | /v1/runs/test/updates/0?wait=x | 400 | bad_request",
        "POST | /v1/runs/test/rollback         | 400 | bad_request",
        "POST | /v1/judges/match/updates/0     | 400 | bad_request",
        "GET  | /v1/judges/match               | 404 | unknown_judge",
        "GET  | /v1/judges/match/updates/0     | 404 | unknown_judge",
        "GET  | /v1/judges/match/weights       | 404 | unknown_judge",
        "GET  | /v1/judges/.match              | 400 | bad_request",
        "GET  | /v1/judges/match/updates/-1    | 400 | bad_request",
        "PUT  | /v1/policy                     | 404 | not_found",
      })
  void whatCantBeAnsweredSaysWhy(String method, String path, int status, String error)
      throws Exception {
    refused(calls.call(HttpMethod.valueOf(method), path, Map.of(), null), status, error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                  | 400 | bad_request",
        "[]                                  | 400 | bad_request",
        "{\"uri\":\"http://h/f\",\"sha256\":\"D\"} | 400 | bad_request",
        "{\"uri\":\"file:///etc/hosts\",\"sha256\":\"D\"} | 403 | forbidden",
        "{\"uri\":\"file:///no/such\",\"sha256\":\"D\"} | 400 | bad_file",
        "{\"uri\":\"file:///etc/hosts\",\"sha256\":\"x\"} | 400 | bad_request",
      })
  void aReferenceThatCantBeFollowedSaysWhy(String body, int status, String error) throws Exception {
    String json = body.replace("\"D\"", '"' + "0".repeat(64) + '"');
    refused(calls.post(path(0), JSON, json.getBytes(UTF_8)), status, error);
  }

  @Test
  void aReferredFileWithAnotherDigestIsRefused() throws Exception {
    StoredRollouts file = file(0, rollouts.policy());
    UpdateReference wrong = new UpdateReference(file.path().toUri().toString(), "0".repeat(64));
    refused(calls.post(path(0), JSON, TrainingJson.write(wrong).getBytes(UTF_8)), 400, "bad_file");
  }

  @Test
  void theFileMustBeTheOneThePathNames() throws Exception {
    StoredRollouts file = file(0, rollouts.policy());
    refused(
        calls.post("/v1/runs/other/updates/0", HDF5, Files.readAllBytes(file.path())),
        400,
        "bad_file");
    refused(calls.post(path(1), HDF5, Files.readAllBytes(file.path())), 400, "bad_file");
    update(0, file);
    refused(
        calls.post("/v1/runs/other/updates/1", HDF5, Files.readAllBytes(file.path())),
        409,
        "conflict");
    refused(calls.get("/v1/runs/other/updates/0"), 404, "unknown_run");
    refused(rollback("other", 0), 404, "unknown_run");
  }

  @Test
  void aTokenAndABodyLimitAreKept() throws Exception {
    stop();
    TrainingBackendSettings local =
        TrainingBackendSettings.local(directory.resolve("s"), TestModel.versionDirectory(), 0, 1);
    backend =
        TrainingBackend.start(
            new TrainingBackendSettings(
                local.stateDirectory(),
                local.initialModel(),
                local.host(),
                0,
                1,
                Optional.of("secret"),
                1000,
                List.of(),
                1));
    calls = new Calls(backend.port());
    refused(calls.get("/v1/policy"), 401, "unauthorized");
    refused(calls.get("/metrics"), 401, "unauthorized");
    assertThat(calls.get("/health").status()).isEqualTo(200);
    Map<String, String> headers = Map.of("authorization", "Bearer secret", "content-type", HDF5);
    assertThat(calls.call(HttpMethod.GET, "/v1/policy", headers, null).status()).isEqualTo(200);
    byte[] large = new byte[1001];
    refused(calls.call(HttpMethod.POST, path(0), headers, Buffer.buffer(large)), 413, "too_large");
  }

  @Test
  void metricsCountUpdatesAndRefusals() throws Exception {
    update(0, file(0, rollouts.policy()));
    update(1, file(1, rollouts.policy()));
    String metrics = calls.get("/metrics").body().toString();
    assertThat(metrics)
        .contains("rewarddance_trainer_updates_total 1.0\n")
        .contains("rewarddance_trainer_rollouts_total 7.0\n")
        .contains("rewarddance_trainer_refused_total{error=\"stale_policy\"} 1\n")
        .contains("rewarddance_trainer_policy_version 2.0\n");
    for (String line : metrics.split("\n")) {
      assertThat(line).matches("# (HELP|TYPE) \\w+ .+|\\w+(\\{\\w+=\"\\w+\"\\})? [-+.0-9E]+");
    }
  }

  private StoredRollouts file(int iteration, PolicyRef policy) throws IOException {
    return rollouts.write(directory, "test", iteration, policy, TestSettings.nft());
  }

  private Calls.Answer update(int iteration, StoredRollouts file) throws Exception {
    return calls.post(path(iteration), HDF5, Files.readAllBytes(file.path()));
  }

  private Calls.Answer reference(int iteration, StoredRollouts file) throws Exception {
    UpdateReference reference = new UpdateReference(file.path().toUri().toString(), file.sha256());
    return calls.post(path(iteration), JSON, TrainingJson.write(reference).getBytes(UTF_8));
  }

  private Calls.Answer rollback(String run, int iteration) throws Exception {
    return calls.post(
        "/v1/runs/" + run + "/rollback",
        JSON,
        TrainingJson.write(new RollbackRequest(iteration)).getBytes(UTF_8));
  }

  private static String path(int iteration) {
    return "/v1/runs/test/updates/" + iteration;
  }

  private static TrainingError refused(Calls.Answer answer, int status, String error) {
    assertThat(answer.body().toString()).isNotEmpty();
    TrainingError body = answer.as(TrainingError.class);
    assertThat(answer.status() + " " + body.error())
        .as(body.message())
        .isEqualTo(status + " " + error);
    assertThat(body.message()).isNotBlank();
    return body;
  }
}
