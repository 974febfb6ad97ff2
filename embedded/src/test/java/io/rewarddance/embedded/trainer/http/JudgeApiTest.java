package io.rewarddance.embedded.trainer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.embedded.trainer.DrawnPreferences;
import io.rewarddance.embedded.trainer.SampledRollouts;
import io.rewarddance.embedded.trainer.TestModel;
import io.rewarddance.embedded.trainer.TestSettings;
import io.rewarddance.embedded.trainer.TrainingBackend;
import io.rewarddance.embedded.trainer.TrainingBackendSettings;
import io.rewarddance.embedded.weights.SafeTensors;
import io.rewarddance.proto.training.JudgeState;
import io.rewarddance.proto.training.JudgeUpdateProgress;
import io.rewarddance.proto.training.JudgeUpdateRequest;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.proto.training.JudgeUpdateSettings;
import io.rewarddance.proto.training.TrainingError;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.proto.training.UpdateReference;
import io.rewarddance.proto.training.UpdateResult;
import io.rewarddance.rollout.digest.Sha256;
import io.rewarddance.rollout.preference.PreferenceFile;
import io.rewarddance.rollout.store.StoredRollouts;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judges over HTTP. */
class JudgeApiTest {
  private static final String JSON = "application/json";

  @TempDir Path directory;
  private TrainingBackend backend;
  private Calls calls;
  private PreferenceFile training;
  private PreferenceFile heldOut;

  @BeforeEach
  void start() throws Exception {
    training = DrawnPreferences.write(directory.resolve("train.h5"), 48, 1);
    heldOut = DrawnPreferences.write(directory.resolve("held-out.h5"), 16, 2);
    start(2, Optional.empty());
  }

  private void start(int threads, Optional<Path> policy) throws IOException {
    Path repository = DrawnPreferences.versionDirectory().getParent();
    backend =
        TrainingBackend.start(
            TrainingBackendSettings.local(
                directory.resolve("state"), policy, List.of(repository), 0, threads));
    calls = new Calls(backend.port());
  }

  @AfterEach
  void stop() {
    calls.close();
    backend.close();
  }

  @Test
  void anUpdateIsMadeOnceHoweverOftenItIsSent() throws Exception {
    JudgeUpdateResult result = post(0, request(2)).as(JudgeUpdateResult.class);
    assertThat(result.step()).isZero();
    assertThat(result.optimizerSteps()).isEqualTo(2);
    assertThat(result.validation().get(0).name()).isEqualTo("held-out");
    assertThat(post(0, request(2)).as(JudgeUpdateResult.class)).isEqualTo(result);
    assertThat(calls.get(path(0)).as(JudgeUpdateResult.class)).isEqualTo(result);
    assertThat(calls.get("/v1/judges/match").as(JudgeState.class))
        .isEqualTo(
            new JudgeState(
                "match", base().sha256(), 0, 2, result.weightsDigest(), List.of(result)));
  }

  @Test
  void aRequestIsTheSameWhereverItsFilesLie() throws Exception {
    JudgeUpdateResult result = post(0, request(1)).as(JudgeUpdateResult.class);
    Path moved = Files.createDirectories(directory.resolve("moved"));
    training =
        new PreferenceFile(
            Files.move(training.path(), moved.resolve("train.h5")),
            training.sha256(),
            training.bytes(),
            training.set());
    assertThat(post(0, request(1)).as(JudgeUpdateResult.class)).isEqualTo(result);
    Files.delete(training.path());
    assertThat(post(0, request(1)).as(JudgeUpdateResult.class))
        .as("nothing of its files is needed any more")
        .isEqualTo(result);
  }

  @Test
  void handsOutTheWeightsOfEveryUpdate() throws Exception {
    JudgeUpdateResult[] results = new JudgeUpdateResult[6];
    for (int step = 0; step < results.length; step++) {
      results[step] = post(step, request(1)).as(JudgeUpdateResult.class);
    }
    for (JudgeUpdateResult result : results) {
      Calls.Answer weights = calls.get("/v1/judges/match/weights?step=" + result.step());
      assertThat(Sha256.of(weights.body().getBytes())).isEqualTo(result.weightsDigest());
      assertThat(weights.headers()).containsEntry("etag", '"' + result.weightsDigest() + '"');
    }
    Calls.Answer newest = calls.get("/v1/judges/match/weights");
    assertThat(Sha256.of(newest.body().getBytes())).isEqualTo(results[5].weightsDigest());
    assertThat(SafeTensors.decode(newest.body().getBytes(), "newest").firstNonFinite()).isEmpty();
    Map<String, String> have = Map.of("if-none-match", '"' + results[5].weightsDigest() + '"');
    Calls.Answer cached = calls.call(HttpMethod.GET, "/v1/judges/match/weights", have, null);
    assertThat(cached.status()).isEqualTo(304);
    refused(calls.get("/v1/judges/match/weights?step=6"), 404, "unknown_update");
    refused(calls.get("/v1/judges/match/weights?step=x"), 400, "bad_request");
    try (Stream<Path> kept = Files.list(directory.resolve("state/judges/match/checkpoints"))) {
      assertThat(kept).as("checkpoints, of which the newest few stay").hasSize(4);
    }
  }

  @Test
  void whatDoesNotFollowIsAConflict() throws Exception {
    refused(post(1, request(1)), 409, "conflict");
    post(0, request(1));
    assertThat(refused(post(0, request(2)), 409, "conflict").message())
        .contains("that step 0 was trained by");
    assertThat(refused(post(2, request(1)), 409, "conflict").message())
        .contains("step: 2 (expected: 1, the next)");
    JudgeUpdateRequest request = request(1);
    JudgeUpdateRequest.Base other =
        new JudgeUpdateRequest.Base(request.base().uri(), "0".repeat(64));
    assertThat(refused(post(1, with(request, other)), 409, "conflict").message())
        .contains("that the judge was trained from");
    refused(calls.get(path(1)), 404, "unknown_update");
  }

  @Test
  void aFileThatCantBeUsedIsNamedAndTheJudgeIsAsItWas() throws Exception {
    JudgeUpdateRequest good = request(1);
    JudgeUpdateRequest.Base wrong = new JudgeUpdateRequest.Base(good.base().uri(), "0".repeat(64));
    assertThat(refused(post(0, with(good, wrong)), 400, "bad_file").message())
        .contains("expected: 000000");
    UpdateReference other = new UpdateReference(good.preferences().uri(), "0".repeat(64));
    refused(post(0, with(good, other)), 400, "bad_file");
    UpdateReference elsewhere = new UpdateReference("file:///etc/hosts", "0".repeat(64));
    refused(post(0, with(good, elsewhere)), 403, "forbidden");
    refused(post(0, with(good, DrawnPreferences.settings("listwise", 1))), 400, "bad_request");
    assertThat(
            refused(
                    post(0, with(good, DrawnPreferences.settings("pointwise-regressive", 1))),
                    400,
                    "bad_file")
                .message())
        .contains("regressive.pt");
    refused(calls.post(path(0), JSON, "{}".getBytes(UTF_8)), 400, "bad_request");
    refused(calls.post(path(0), JSON, new byte[1 << 17]), 413, "too_large");
    refused(calls.get("/v1/judges/match"), 404, "unknown_judge");
    assertThat(post(0, good).status()).isEqualTo(200);
  }

  @Test
  void anUpdateThatDivergesIsRefusedAndItsRequestKept() throws Exception {
    JudgeUpdateResult first = post(0, request(1)).as(JudgeUpdateResult.class);
    String json =
        TrainingJson.write(request(5)).replace("\"learningRate\":0.002", "\"learningRate\":1e38");
    TrainingError error =
        refused(calls.post(path(1), JSON, json.getBytes(UTF_8)), 422, "non_finite");
    assertThat(error.message()).contains("expected: finite");
    assertThat(calls.get("/v1/judges/match").as(JudgeState.class).weightsDigest())
        .isEqualTo(first.weightsDigest());
    try (Stream<Path> kept = Files.list(directory.resolve("state/evidence"))) {
      assertThat(kept.map(p -> p.getFileName().toString()))
          .hasSize(2)
          .allMatch(name -> name.startsWith("judge-match-000001-"));
    }
    assertThat(post(1, request(1)).status()).isEqualTo(200);
  }

  @Test
  void stoppedInTheMiddleOfEachUpdateItEndsWithTheSameWeights() throws Exception {
    String[] uninterrupted = new String[2];
    for (int step = 0; step < 2; step++) {
      uninterrupted[step] =
          post("whole", step, request(6)).as(JudgeUpdateResult.class).weightsDigest();
    }
    for (int step = 0; step < 2; step++) {
      assertThat(post("match", step, request(6), "?wait=0").status()).isEqualTo(202);
      JudgeUpdateProgress progress;
      do {
        progress = calls.get(path(step) + "?wait=0").as(JudgeUpdateProgress.class);
      } while (progress.progress() == 0);
      assertThat(progress.state()).isEqualTo("running");
      assertThat(progress.loss()).isPositive();
      stop();
      start(1, Optional.empty());
      refused(calls.get(path(step)), 404, step == 0 ? "unknown_judge" : "unknown_update");
      assertThat(post(step, request(6)).as(JudgeUpdateResult.class).weightsDigest())
          .isEqualTo(uninterrupted[step]);
    }
  }

  @Test
  void aPolicyAndJudgesTakeTurns() throws Exception {
    stop();
    start(2, Optional.of(TestModel.versionDirectory()));
    SampledRollouts rollouts = SampledRollouts.ode(8);
    StoredRollouts file =
        rollouts.write(directory, "test", 0, rollouts.policy(), TestSettings.nft());
    assertThat(post("one", 0, request(8), "?wait=0").status()).isEqualTo(202);
    assertThat(post("two", 0, request(1), "?wait=0").status()).isEqualTo(202);
    refused(post("one", 1, request(1), ""), 503, "busy");
    UpdateReference reference = new UpdateReference(file.path().toUri().toString(), file.sha256());
    UpdateResult update =
        calls
            .post("/v1/runs/test/updates/0", JSON, TrainingJson.write(reference).getBytes(UTF_8))
            .as(UpdateResult.class);
    assertThat(update.policyVersion()).isEqualTo(2);
    for (String judge : List.of("one", "two")) {
      assertThat(calls.get("/v1/judges/" + judge).as(JudgeState.class).step()).isZero();
    }
    assertThat(calls.get("/metrics").body().toString())
        .contains("rewarddance_trainer_judge_updates_total 2.0\n")
        .contains("rewarddance_trainer_judge_pairs_total 144.0\n");
  }

  @Test
  void aBackendOfJudgesHasNoPolicy() throws Exception {
    refused(calls.get("/v1/policy"), 404, "unknown_policy");
    refused(calls.get("/v1/policies/1/weights"), 404, "unknown_policy");
    refused(calls.get("/v1/runs/test/updates/0"), 404, "unknown_policy");
    assertThat(calls.get("/health").body().toString()).contains("\"policyVersion\":0");
  }

  private JudgeUpdateRequest request(int steps) throws IOException {
    return new JudgeUpdateRequest(
        base(),
        new UpdateReference(training.path().toUri().toString(), training.sha256()),
        List.of(
            new JudgeUpdateRequest.Validation(
                "held-out", heldOut.path().toUri().toString(), heldOut.sha256())),
        DrawnPreferences.settings("pairwise-generative", steps));
  }

  private static JudgeUpdateRequest.Base base() throws IOException {
    Path model = DrawnPreferences.versionDirectory();
    return new JudgeUpdateRequest.Base(
        model.toUri().toString(), Sha256.of(model.resolve("weights.safetensors")));
  }

  private static JudgeUpdateRequest with(JudgeUpdateRequest r, JudgeUpdateRequest.Base base) {
    return new JudgeUpdateRequest(base, r.preferences(), r.validation(), r.settings());
  }

  private static JudgeUpdateRequest with(JudgeUpdateRequest r, UpdateReference preferences) {
    return new JudgeUpdateRequest(r.base(), preferences, r.validation(), r.settings());
  }

  private static JudgeUpdateRequest with(JudgeUpdateRequest r, JudgeUpdateSettings settings) {
    return new JudgeUpdateRequest(r.base(), r.preferences(), r.validation(), settings);
  }

  private Calls.Answer post(int step, JudgeUpdateRequest request) throws Exception {
    return post("match", step, request);
  }

  private Calls.Answer post(String judge, int step, JudgeUpdateRequest request) throws Exception {
    return post(judge, step, request, "?wait=60");
  }

  private Calls.Answer post(String judge, int step, JudgeUpdateRequest request, String query)
      throws Exception {
    return calls.post(
        "/v1/judges/" + judge + "/updates/" + step + query,
        JSON,
        TrainingJson.write(request).getBytes(UTF_8));
  }

  private static String path(int step) {
    return "/v1/judges/match/updates/" + step;
  }

  private static TrainingError refused(Calls.Answer answer, int status, String error) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    TrainingError body = answer.as(TrainingError.class);
    assertThat(body.error()).isEqualTo(error);
    return body;
  }
}
