package io.rewarddance.driver.judges.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rewarddance.driver.judges.JobControl;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.JobListener;
import io.rewarddance.driver.publish.ModelText;
import io.rewarddance.driver.testing.TinyPairs;
import io.rewarddance.rollout.digest.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
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
  void reasonsAreTaughtAndAJudgeThatGivesThemFirstIsNotPublished() throws Exception {
    JudgeSummary last =
        TinyJudge.run(
            TinyJudge.load(
                output, "d", "pairwise-generative", "updates=1", "reasons=decision-first"));
    assertThat(last.model().resolve("1/pairwise_reasons.onnx")).exists();
    JudgeSummary first =
        TinyJudge.run(
            TinyJudge.load(
                output, "r", "pairwise-generative", "updates=1", "reasons=reasons-first"));
    assertThat(first.model()).isEqualTo(output.resolve("r/model"));
    assertThat(first.proof()).isNaN();
    assertThat(output.resolve("repository/r")).doesNotExist();
  }

  @Test
  void pairsThatWereJudgedBesideAReferenceAreAskedBesideIt() throws Exception {
    TinyPairs.writeBesideReferences(output);
    JudgeSummary summary =
        TinyJudge.run(TinyJudge.load(output, "b", "pairwise-generative", "updates=1"));
    assertThat(summary.proof()).isBetween(0.0, 1e-4);
  }
}
