package io.rewarddance.driver.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.collect.CollectionSummary;
import io.rewarddance.driver.judges.collect.SetSummary;
import io.rewarddance.driver.judges.collect.TinyCollection;
import io.rewarddance.driver.judges.train.JudgeSummary;
import io.rewarddance.driver.judges.train.TinyJudge;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.driver.testing.TinyPairs;
import io.rewarddance.rollout.preference.Preference;
import io.rewarddance.rollout.preference.PreferenceReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that bring models to a server under way, and leave it as it should be. */
@Timeout(120)
abstract class LiveServerTests {
  private static final String WEIGHTS =
      "sources[%d].weights=triton-models/repository/shapes_generator/1/weights.safetensors";

  static LiveServer server;

  @TempDir Path output;

  @BeforeEach
  void writePairs() throws Exception {
    TinyPairs.write(output);
  }

  @AfterEach
  void takeAway() throws Exception {
    for (String model : List.of("live", "other")) {
      server.unload(model);
      Trees.delete(server.repository().resolve(model));
    }
  }

  private static String[] with(String[] some, String... more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static String[] collecting(String... more) {
    return with(
        new String[] {
          server.endpoints(), "publish.directory='" + server.repository() + "'", "also=[]"
        },
        more);
  }

  /** A judge whose model lies where the server reads. */
  private String[] publishing(String... more) {
    return with(
        new String[] {
          server.endpoints(),
          "updates=1",
          "publish={repository: '" + server.repository() + "', model: live}"
        },
        more);
  }

  @Test
  void preferencesAreTheSameBytesAsWithAServerOfTheJobsOwn() throws Exception {
    String[] sets = {WEIGHTS.formatted(0), "sets[0].reasons=true", "sets[0].groups=5"};
    CollectionSummary here =
        TinyCollection.run(output.resolve("here"), "c", with(collecting(sets)));
    CollectionSummary own = TinyCollection.run(output.resolve("own"), "c", sets);
    for (String name : own.sets().keySet()) {
      assertThat(here.sets().get(name).sha256()).isEqualTo(own.sets().get(name).sha256());
    }
    SetSummary train = here.sets().get("train");
    assertThat(PreferenceReader.read(train.file(), train.sha256()).set().pairs())
        .extracting(Preference::reason)
        .anyMatch(reason -> reason.matches("(missing|wrong|extra) .+"));
    server.assertGone("shapes_generator-c-shipped");
    assertThat(server.ready()).contains("shapes_generator", "shapes_oracle", "shapes_critic");
  }

  @Test
  void aCollectionThatCantBeginTakesItsSourcesAwayAgain() throws Exception {
    Path broken = Files.writeString(output.resolve("broken.safetensors"), "no weights");
    String second = "sources[1].weights='" + broken + "'";
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> TinyCollection.run(output, "d", collecting(WEIGHTS.formatted(0), second)))
        .withMessageContaining("load of 'shapes_generator-d-hasty'")
        .withMessageContaining(server.endpoint())
        .withMessageContaining("weights.safetensors");
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                TinyCollection.run(
                    output,
                    "e",
                    collecting(WEIGHTS.formatted(0), "triton.oracle=shapes_video_oracle")))
        .withMessageContaining("shapes_video_oracle");
    server.assertGone("shapes_generator-d-shipped");
    server.assertGone("shapes_generator-d-hasty");
    server.assertGone("shapes_generator-e-shipped");
  }

  @Test
  void aTrainedJudgeIsLoadedAndProvenWhereItWillBeAsked() throws Exception {
    JudgeSummary summary =
        TinyJudge.run(TinyJudge.load(output, "j", "pointwise-regressive", publishing()));
    assertThat(summary.proof()).isBetween(0.0, 1e-4);
    assertThat(summary.model()).isEqualTo(server.repository().resolve("live"));
    assertThat(server.ready()).contains("live");
    assertThat(server.parameter("live", "recipe")).contains("pointwise-regressive");
    String[] replacing = publishing("publish.replace=true", "reasons=decision-first");
    JudgeSummary other =
        TinyJudge.run(TinyJudge.load(output, "k", "pairwise-generative", replacing));
    assertThat(other.proof()).isBetween(0.0, 1e-4);
    assertThat(server.parameter("live", "recipe")).contains("pairwise-generative");
    assertThat(server.directories()).noneMatch(name -> name.startsWith(".live"));
  }

  @Test
  void aJudgeThatIsntProvenIsNeitherInTheRepositoryNorInService() throws Exception {
    String[] never = publishing("prove.tolerance=1e-300");
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> TinyJudge.run(TinyJudge.load(output, "j", "pairwise-generative", never)))
        .withMessageContaining("as served");
    server.assertGone("live");
  }

  @Test
  void whatAJudgeThatIsntProvenReplacedIsBack() throws Exception {
    TinyJudge.run(TinyJudge.load(output, "j", "pointwise-generative", publishing()));
    String[] never = publishing("publish.replace=true", "prove.tolerance=1e-300");
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> TinyJudge.run(TinyJudge.load(output, "k", "pairwise-generative", never)));
    assertThat(server.ready()).contains("live");
    assertThat(server.parameter("live", "recipe")).contains("pointwise-generative");
    assertThat(server.directories()).contains("live").noneMatch(name -> name.startsWith(".live"));
    JudgeSummary again =
        TinyJudge.run(
            TinyJudge.load(output, "l", "pairwise-generative", publishing("publish.replace=true")));
    assertThat(again.proof()).isBetween(0.0, 1e-4);
  }

  @Test
  void aServerThatReadsAnotherRepositoryIsNamedAndKeepsItsModels() throws Exception {
    Path repository = output.resolve("elsewhere");
    assertThat(refusal(repository, "other"))
        .contains("load of 'other': LOAD_FAILED at " + server.endpoint());
    assertThat(refusal(repository, "shapes_judge"))
        .contains(
            "'shapes_judge' at "
                + server.endpoint()
                + " is another model (expected: servers that read the repository");
    assertThat(server.ready()).contains("shapes_judge").doesNotContain("other");
    assertThat(repository).isEmptyDirectory();
  }

  /** What a judge is refused with that is published where the server doesn't look. */
  private String refusal(Path repository, String model) {
    String[] elsewhere =
        publishing("publish={repository: '%s', model: %s}".formatted(repository, model));
    return assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () -> TinyJudge.run(TinyJudge.load(output, model, "pairwise-generative", elsewhere)))
        .actual()
        .getMessage();
  }

  @Test
  void aServerThatIsntThereIsNamedBeforeAnythingIsTrained() {
    String[] nobody = publishing("triton.endpoints=['127.0.0.1:1']");
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> TinyJudge.run(TinyJudge.load(output, "j", "pairwise-generative", nobody)))
        .withMessageContaining("models can't be loaded: UNREACHABLE at 127.0.0.1:1");
    assertThat(output.resolve("j/backend")).doesNotExist();
  }
}
