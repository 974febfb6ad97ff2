package io.rewarddance.driver.doctor;

import static io.rewarddance.driver.testing.DescribedModels.withInput;
import static io.rewarddance.driver.testing.DescribedModels.withOutput;
import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.config.ConfigLoader;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.model.ServedTensor;
import io.rewarddance.driver.testing.DescribedModels;
import io.rewarddance.driver.testing.IndexedTriton;
import io.rewarddance.driver.testing.TritonConfigs;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.triton.ModelConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
final class ServerCheckupTest {
  private static final Path EXPERIMENT =
      Path.of(System.getProperty("rewarddance.root"), "experiments", "quickstart-triton.yaml");
  private static final ServedModel PAINTER =
      withOutput(
          DescribedModels.of(Contracts.GENERATOR, "shapes_generator", 64),
          ServedTensor.of("image", DataType.UINT8, 32, 32, 3));
  private static final ServedModel JUDGE =
      DescribedModels.of(Contracts.POINTWISE_JUDGE, "shapes_judge", 64);
  private static final ServedModel ORACLE =
      withOutput(
          DescribedModels.of(Contracts.ORACLE, "shapes_oracle", 64),
          ServedTensor.of("grain", DataType.FP32, 1));

  @TempDir Path temporary;

  private static IndexedTriton whole() {
    return IndexedTriton.start().serving(PAINTER).serving(JUDGE).serving(ORACLE);
  }

  private static Checkup servers(IndexedTriton... servers) {
    TritonConfig config =
        TritonConfigs.ofRetries(0)
            .withEndpoints(List.of(servers).stream().map(IndexedTriton::endpoint).toList());
    return new Doctor((r, m) -> List.of("true")).look(config);
  }

  private Checkup experiment(List<String> sets, IndexedTriton... servers) throws Exception {
    List<String> all = new ArrayList<>(sets);
    String endpoints =
        String.join("','", List.of(servers).stream().map(IndexedTriton::endpoint).toList());
    all.add("triton.endpoints=['" + endpoints + "']");
    if (sets.stream().noneMatch(set -> set.startsWith("publish="))) {
      all.add("publish.directory='" + Files.createDirectories(temporary.resolve("served")) + "'");
    }
    all.add("output='" + temporary + "'");
    RunConfig config = new ConfigLoader().load(EXPERIMENT, all).config();
    return new Doctor((r, m) -> List.of("true")).look(Optional.of(config), List.of());
  }

  private static Finding find(Checkup checkup, String name) {
    return checkup.findings().stream()
        .filter(finding -> finding.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + ": " + checkup.findings()));
  }

  @Test
  void aServerWithAllThatARunNeeds() {
    try (IndexedTriton triton = whole()) {
      Checkup checkup = servers(triton);
      assertThat(checkup.problems()).isZero();
      assertThat(checkup.findings())
          .extracting(Finding::name)
          .containsExactly(
              triton.endpoint(),
              "loads",
              "shapes_generator",
              "shapes_judge",
              "shapes_oracle",
              "a run");
      assertThat(checkup.findings()).extracting(Finding::state).containsOnly(Finding.State.OK);
      assertThat(find(checkup, triton.endpoint()).detail())
          .isEqualTo("triton 2.99.0, live, ready\nextensions: model_repository, statistics");
      assertThat(find(checkup, "shapes_generator").detail().lines())
          .hasSize(3)
          .anyMatch(line -> line.startsWith("lacks first_frame, "))
          .contains(
              "generator; version 1",
              "batches of up to 64, dynamic batching; a full one is 2 KiB there and at least"
                  + " 193 KiB back");
      assertThat(find(checkup, "shapes_judge").detail().lines())
          .contains(
              "judge, pointwise only; version 1",
              "not pairwise: has no input 'reference' (expected: UINT8 [H,W,3])");
      assertThat(find(checkup, "shapes_oracle").detail()).contains("measures also grain");
      assertThat(find(checkup, "a run").detail())
          .isEqualTo("generator shapes_generator; judge shapes_judge; oracle shapes_oracle");
    }
  }

  @Test
  void aModelThatFitsNothingIsComparedWithTheNearestContract() {
    ServedModel lame = withInput(JUDGE, ServedTensor.of("image", DataType.FP32, 3, 32, 32));
    ServedModel foreign =
        new ServedModel(
            "densenet",
            0,
            true,
            List.of(ServedTensor.of("data_0", DataType.FP32, 3, 224, 224)),
            List.of(ServedTensor.of("fc6_1", DataType.FP32, 1000)));
    try (IndexedTriton triton =
        IndexedTriton.start().serving(PAINTER).serving(lame).serving(foreign)) {
      Checkup checkup = servers(triton);
      Finding judge = find(checkup, "shapes_judge");
      assertThat(judge.state()).isEqualTo(Finding.State.WEAK);
      assertThat(judge.detail())
          .isEqualTo(
              "fits no contract, nearest: judge, pointwise; version 1\n"
                  + "has input 'image' FP32 [3,32,32] (expected: UINT8 [H,W,3])");
      assertThat(judge.advice()).contains("docs/contracts.md");
      Finding densenet = find(checkup, "densenet");
      assertThat(densenet.state()).isEqualTo(Finding.State.NOTE);
      assertThat(densenet.detail())
          .contains("max_batch_size 0", "decoupled true", "needs input 'data_0' FP32 [3,224,224]");
      assertThat(checkup.problems()).isOne();
      assertThat(find(checkup, "a run").detail())
          .isEqualTo("generator shapes_generator; no judge; no oracle");
    }
  }

  @Test
  void failedUnloadedAndUnwiseModelsAreWeak() {
    ModelConfig.Builder cached = IndexedTriton.config(ORACLE).toBuilder();
    cached.getResponseCacheBuilder().setEnable(true);
    try (IndexedTriton triton =
        IndexedTriton.start()
            .unready()
            .polling()
            .serving(PAINTER)
            .listing("shapes_generator", "2", "UNAVAILABLE", "Internal: no weights")
            .serving(cached.build(), "1")
            .listing("shapes_judge", "1", "UNAVAILABLE", "Internal: SyntaxError\n\nAt:")
            .listing("idle", "", "", "")) {
      Checkup checkup = servers(triton);
      assertThat(find(checkup, triton.endpoint()).state()).isEqualTo(Finding.State.WEAK);
      assertThat(find(checkup, "loads").state()).isEqualTo(Finding.State.WEAK);
      Finding painter = find(checkup, "shapes_generator");
      assertThat(painter.state()).isEqualTo(Finding.State.WEAK);
      assertThat(painter.detail()).contains("version 2 UNAVAILABLE: Internal: no weights");
      assertThat(find(checkup, "shapes_oracle").advice()).contains("response_cache");
      assertThat(find(checkup, "shapes_judge").detail())
          .isEqualTo("version 1 UNAVAILABLE: Internal: SyntaxError\nAt:");
      assertThat(find(checkup, "idle"))
          .isEqualTo(Finding.note("idle", "in the repository, not loaded (--load-model)"));
    }
  }

  @Test
  void aJudgeMustTakeTheGeneratorsImages() {
    ServedModel large = withInput(JUDGE, ServedTensor.of("image", DataType.UINT8, 64, 64, 3));
    try (IndexedTriton triton = IndexedTriton.start().serving(PAINTER).serving(large)) {
      Finding run = find(servers(triton), "a run");
      assertThat(run.state()).isEqualTo(Finding.State.PROBLEM);
      assertThat(run.detail())
          .contains("has input 'image' UINT8 [64,64,3] (expected: UINT8 [32,32,3], as");
    }
  }

  @Test
  void anExperimentsModelsAreLookedFor() throws Exception {
    try (IndexedTriton triton = whole()) {
      Checkup fine = experiment(List.of(), triton);
      assertThat(find(fine, "generator").detail()).isEqualTo("shapes_generator, version 1");
      assertThat(find(fine, "judge match").state()).isEqualTo(Finding.State.OK);
      assertThat(find(fine, "oracle").state()).isEqualTo(Finding.State.OK);
      Checkup pairs =
          experiment(
              List.of(
                  "triton.oracle=gold",
                  "judges=[{model: shapes_judge, name: better, question: pairwise,"
                      + " reference: {kind: random, candidates: 2, keep: 1}}]"),
              triton);
      Finding judge = find(pairs, "judge better");
      assertThat(judge.state()).isEqualTo(Finding.State.PROBLEM);
      assertThat(judge.detail())
          .isEqualTo(
              "shapes_judge is no judge, pairwise\n"
                  + "has no input 'reference' (expected: UINT8 [H,W,3])");
      assertThat(find(pairs, "oracle").detail())
          .isEqualTo(
              "gold isn't in the index, which has"
                  + " [shapes_generator, shapes_judge, shapes_oracle]");
    }
  }

  @Test
  void anExperimentNeedsLoadsAndReadyModelsOfOneSize() throws Exception {
    ServedModel large = withInput(ORACLE, ServedTensor.of("image", DataType.UINT8, 64, 64, 3));
    try (IndexedTriton triton =
        IndexedTriton.start()
            .polling()
            .serving(PAINTER)
            .serving(large)
            .listing("shapes_judge", "4", "LOADING", "")) {
      Checkup checkup = experiment(List.of(), triton);
      assertThat(find(checkup, "loads").state()).isEqualTo(Finding.State.PROBLEM);
      assertThat(find(checkup, "judge match").detail())
          .isEqualTo("shapes_judge isn't loaded: version 4 LOADING");
      assertThat(find(checkup, "oracle").detail()).contains("[64,64,3]");
      assertThat(find(experiment(List.of("publish={method: none}"), triton), "loads").state())
          .isEqualTo(Finding.State.WEAK);
    }
  }

  @Test
  void severalEndpointsMustServeTheSame() throws Exception {
    try (IndexedTriton one = whole();
        IndexedTriton other =
            IndexedTriton.start()
                .serving(IndexedTriton.config(PAINTER), "2")
                .serving(JUDGE)
                .serving(ORACLE)) {
      Checkup checkup = experiment(List.of(), one, other);
      assertThat(find(checkup, "generator at " + one.endpoint()).state())
          .isEqualTo(Finding.State.OK);
      assertThat(checkup.findings())
          .filteredOn(f -> f.state() == Finding.State.PROBLEM)
          .singleElement()
          .satisfies(f -> assertThat(f.name()).isEqualTo("shapes_generator"))
          .satisfies(
              f ->
                  assertThat(f.detail())
                      .contains(one.endpoint() + "=version 1", other.endpoint() + "=version 2"));
    }
  }

  @Test
  void programsGetAllOfIt() {
    ServedModel lame = DescribedModels.without(JUDGE, "no_log_prob");
    try (IndexedTriton triton = IndexedTriton.start().serving(lame)) {
      Checkup checkup = servers(triton);
      JsonNode json = JsonMapper.shared().readTree(CheckupJson.of(checkup));
      assertThat(json.get("problems").asInt()).isOne();
      JsonNode server = json.get("servers").get(0);
      assertThat(server.get("version").asString()).isEqualTo("2.99.0");
      assertThat(server.get("loads").asString()).isEqualTo("taken");
      JsonNode model = server.get("models").get(0);
      assertThat(model.get("versions").get(0).get("state").asString()).isEqualTo("READY");
      JsonNode pointwise =
          model
              .get("contracts")
              .valueStream()
              .filter(c -> c.get("contract").asString().equals("judge, pointwise"))
              .findFirst()
              .orElseThrow();
      assertThat(pointwise.get("differences").get(0).toString())
          .isEqualTo(
              "{\"kind\":\"missing\",\"subject\":\"output 'no_log_prob'\",\"found\":\"\","
                  + "\"expected\":\"FP32 [1]\"}");
    }
  }
}
