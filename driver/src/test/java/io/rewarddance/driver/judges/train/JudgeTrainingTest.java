package io.rewarddance.driver.judges.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rewarddance.driver.adhoc.AdHocModels;
import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.judge.Examiner;
import io.rewarddance.driver.judge.Opinion;
import io.rewarddance.driver.judges.JobControl;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.JobListener;
import io.rewarddance.driver.publish.ModelText;
import io.rewarddance.driver.testing.TinyPairs;
import io.rewarddance.proto.triton.ModelOutput;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.digest.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the embedded backend and server, with the smallest base. */
final class JudgeTrainingTest {
  @TempDir Path output;

  @BeforeEach
  void writePairs() throws Exception {
    TinyPairs.write(output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pairwise-generative", "pointwise-generative", "pointwise-regressive"})
  void aTrainedJudgeIsPublishedAndAnswersAsItWasMeasured(String recipe) throws Exception {
    JudgeSummary summary = TinyJudge.run(TinyJudge.load(output, "j", recipe));
    assertThat(summary.updates()).isEqualTo(3);
    assertThat(summary.steps()).isEqualTo(12);
    assertThat(summary.proof()).isBetween(0.0, 1e-4);
    assertThat(summary.validation().get("own").keySet()).containsExactly("all", "even", "odd");
    DomainScore all = summary.validation().get("own").get("all");
    assertThat(all.n()).isEqualTo(20);
    assertThat(all.low()).isLessThan(all.accuracy());
    Path model = output.resolve("repository/j");
    assertThat(summary.model()).isEqualTo(model);
    assertThat(Sha256.of(model.resolve("1/weights.safetensors")))
        .isEqualTo(summary.weightsDigest());
    assertThat(ModelText.parameter(ModelText.read(model), "recipe")).contains(recipe);
    assertThat(ModelText.read(model).getName()).isEqualTo("j");
    assertThat(model.resolve("1/pointwise_reasons.onnx")).doesNotExist();
    assertThat(model.resolve("1/regressive.onnx")).doesNotExist();
    Path base = TinyJudge.ROOT.resolve("triton-models/bases/shapes_vlm_xs/1");
    String graph = recipe.equals("pointwise-regressive") ? "regressive" : "pointwise";
    assertThat(model.resolve("1/pointwise.onnx"))
        .hasSameBinaryContentAs(base.resolve(graph + ".onnx"));
    assertThat(model.resolve("card.md")).content().contains("| own | even |").contains(recipe);
    assertThat(output.resolve("j/summary.json"))
        .content()
        .contains("\"recipe\" : \"" + recipe + "\"")
        .contains("\"log_loss\"")
        .doesNotContain("pair-0000");
    assertThat(output.resolve("j/report.html"))
        .content()
        .contains("Reliability", "Accuracy", "Published as j")
        .doesNotContain("pair-0000");
  }

  /** Ends a job after an update, or anywhere else that is said. */
  private static final class Stopper implements JobListener {
    private final JobControl control = new JobControl();
    private final String at;
    private final List<String> said = new ArrayList<>();

    Stopper(String at) {
      this.at = at;
    }

    @Override
    public void said(String line) {
      said.add(line);
      if (line.startsWith(at)) {
        control.stop();
      }
    }
  }

  @Test
  void stoppedAndStartedAgainItEndsWithTheSameWeightsAndJournal() throws Exception {
    String recipe = "pointwise-generative";
    JudgeSummary whole = TinyJudge.run(TinyJudge.load(output, "j", recipe));
    Path again = Files.createDirectory(output.resolve("again"));
    TinyPairs.write(again);
    Stopper stopper = new Stopper("update 1/3");
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () -> JudgeTraining.run(TinyJudge.load(again, "j", recipe), stopper, stopper.control))
        .matches(JobException::stopped);
    assertThat(again.resolve("repository/j")).doesNotExist();
    Stopper none = new Stopper("never");
    JudgeSummary resumed =
        JudgeTraining.run(TinyJudge.load(again, "j", recipe, "threads=2"), none, none.control);
    assertThat(none.said).contains("going on after update 1");
    assertThat(resumed.weightsDigest()).isEqualTo(whole.weightsDigest());
    assertThat(resumed.validation()).isEqualTo(whole.validation());
    assertThat(digest(again.resolve("j"))).isEqualTo(digest(output.resolve("j")));
    Stopper third = new Stopper("never");
    JudgeSummary unchanged =
        JudgeTraining.run(TinyJudge.load(again, "j", recipe), third, third.control);
    assertThat(unchanged).isEqualTo(resumed);
    assertThat(third.said).noneMatch(line -> line.startsWith("update"));
  }

  private static String digest(Path job) throws Exception {
    String summary = Files.readString(job.resolve("summary.json"));
    return summary.replaceAll("(?s).*\"journal_digest\" : \"([0-9a-f]+)\".*", "$1");
  }

  @Test
  void aModelThatIsThereIsNotReplacedUnlessAskedFor() throws Exception {
    String recipe = "pairwise-generative";
    TinyJudge.run(TinyJudge.load(output, "j", recipe, "updates=1"));
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                TinyJudge.run(TinyJudge.load(output, "k", recipe, "updates=1", "publish.model=j")))
        .withMessageContaining("j is there already (expected: another name")
        .matches(e -> e.kind() == JobException.Cause.REFUSED);
    assertThat(output.resolve("k")).doesNotExist();
    JudgeSummary replaced =
        TinyJudge.run(
            TinyJudge.load(
                output,
                "k",
                recipe,
                "updates=1",
                "seed=9",
                "publish.model=j",
                "publish.replace=true"));
    assertThat(Sha256.of(output.resolve("repository/j/1/weights.safetensors")))
        .isEqualTo(replaced.weightsDigest());
  }

  @Test
  void filesThatChangedOrCantBeReadAreRefused() throws Exception {
    String recipe = "pointwise-generative";
    TinyJudge.run(TinyJudge.load(output, "j", recipe, "updates=1"));
    TinyPairs.write(output.resolve("pairs.h5"), 30, 5);
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> TinyJudge.run(TinyJudge.load(output, "j", recipe, "updates=1")))
        .withMessageContaining("publish.model");
    Files.write(output.resolve("own.h5"), new byte[100], StandardOpenOption.TRUNCATE_EXISTING);
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> TinyJudge.run(TinyJudge.load(output, "l", recipe)))
        .withMessageContaining("own.h5")
        .matches(e -> e.kind() == JobException.Cause.REFUSED);
  }

  @Test
  void aProofThatFailsLeavesNoModelBehind() {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                TinyJudge.run(
                    TinyJudge.load(
                        output, "j", "pairwise-generative", "updates=1", "prove.tolerance=1e-300")))
        .withMessageContaining("as served")
        .withMessageContaining("as trained (expected: within 1.0E-300)");
    assertThat(output.resolve("repository/j")).doesNotExist();
  }

  @Test
  void reasonsAreTaughtAfterTheDecision() throws Exception {
    JudgeSummary last =
        TinyJudge.run(
            TinyJudge.load(
                output, "d", "pairwise-generative", "updates=1", "reasons=decision-first"));
    assertThat(files(last.model()))
        .contains("pairwise.onnx", "pairwise_gradient.onnx", "pairwise_reasons.onnx")
        .noneMatch(name -> name.contains("_reasons_gradient"));
    assertThat(outputs(last.model())).contains("image_gradient", "reason");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pairwise-generative", "pointwise-generative"})
  void aJudgeThatGivesItsReasonFirstIsServedAsItWasMeasured(String recipe) throws Exception {
    JudgeSummary first =
        TinyJudge.run(
            TinyJudge.load(
                output,
                "r",
                recipe,
                "updates=1",
                "steps=60",
                "reasons=reasons-first",
                "base=triton-models/bases/shapes_vlm_s",
                "training.reason_weight=2",
                "training.optimizer.learning_rate=0.05"));
    assertThat(first.proof()).isBetween(0.0, 1e-4);
    assertThat(first.model()).isEqualTo(output.resolve("repository/r"));
    assertThat(ModelText.parameter(ModelText.read(first.model()), "reasons"))
        .contains("reasons-first");
    assertThat(files(first.model()))
        .contains("pointwise_reasons.onnx", "pairwise_reasons.onnx", "pairwise_reasons.pt")
        .noneMatch(name -> name.matches("(pointwise|pairwise|regressive)(_gradient)?\\..*"));
    assertThat(outputs(first.model()))
        .as("no graph computes it")
        .contains("reason")
        .doesNotContain("image_gradient");
    assertThat(first.model().resolve("card.md")).content().contains("gives its reason first");
    assertThat(reasons(first.model(), recipe.startsWith("pairwise")))
        .as("what all pairs were taught")
        .containsOnly("wrong");
  }

  private static List<String> files(Path model) throws Exception {
    try (var files = Files.list(model.resolve("1"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static List<String> outputs(Path model) throws Exception {
    return ModelText.read(model).getOutputList().stream().map(ModelOutput::getName).toList();
  }

  /** What it says of two pictures, through gRPC, to the question that it was taught. */
  private static List<String> reasons(Path model, boolean pairwise) throws Exception {
    String name = model.getFileName().toString();
    TritonConfig triton =
        TinyJudge.load(model.resolve("../.."), "any", "pairwise-generative")
            .config()
            .triton()
            .withRepository(model.getParent());
    try (AdHocModels models = AdHocModels.open(triton, Set.of(name), 1)) {
      Examiner examiner = new Examiner(models.describe(name), models.inference(), "", 4, 0);
      Image dark = Image.of(32, 32, new byte[32 * 32 * 3]);
      byte[] light = new byte[32 * 32 * 3];
      Arrays.fill(light, (byte) 200);
      Prompt prompt = new Prompt(0, "a red circle", "");
      List<Pixels> pictures = List.of(dark, Image.of(32, 32, light));
      Optional<Pixels> reference = pairwise ? Optional.of(dark) : Optional.empty();
      List<Opinion> opinions = examiner.examine("test", prompt, pictures, reference).join();
      return opinions.stream()
          .map(opinion -> opinion.forward().value().orElseThrow().reason())
          .toList();
    }
  }

  @Test
  void pairsThatWereJudgedBesideAReferenceAreAskedBesideIt() throws Exception {
    TinyPairs.writeBesideReferences(output);
    JudgeSummary summary =
        TinyJudge.run(TinyJudge.load(output, "b", "pairwise-generative", "updates=1"));
    assertThat(summary.proof()).isBetween(0.0, 1e-4);
  }
}
