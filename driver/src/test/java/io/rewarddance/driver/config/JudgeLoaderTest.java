package io.rewarddance.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JudgeLoaderTest {
  private static final String GOOD =
      """
      judge: small
      base: triton-models/repository/shapes_judge
      preferences: data/train.h5
      validation:
        - { name: own, file: data/own.h5 }
        - { name: far, file: data/far.h5 }
      recipe: pointwise-generative
      publish: { repository: served }
      """;

  private static final JudgeLoader LOADER = new JudgeLoader();

  @TempDir Path directory;
  private ProjectFiles project;

  @BeforeEach
  void makeProject() {
    project = new ProjectFiles(directory.toAbsolutePath());
    for (String name : List.of("train", "own", "far")) {
      project.write("data/" + name + ".h5", "");
    }
  }

  private SettingsFile<JudgeTrainingConfig> load(String text, String... sets)
      throws ConfigException {
    return LOADER.load(project.experiment(text), List.of(sets));
  }

  private String complaint(String text, String... sets) {
    return project.complaint(() -> load(text, sets));
  }

  @Test
  void aShortFileGetsDocumentedDefaults() throws ConfigException {
    JudgeTrainingConfig config = load(GOOD).config();
    assertThat(config.directory()).isEqualTo(project.root.resolve("runs/judges/small"));
    assertThat(config.keep())
        .isEqualTo(new JudgeTrainingConfig.Keep("own", JudgeTrainingConfig.Measure.ACCURACY, 0));
    assertThat(config.deciding().file()).isEqualTo(project.root.resolve("data/own.h5"));
    assertThat(config.publish().model()).isEqualTo("small");
    assertThat(config.backend().embedded()).isTrue();
    assertThat(config.backend().deadline()).isEqualTo(Duration.ofMinutes(30));
    assertThat(config.triton().embedded()).isTrue();
    assertThat(config.update().reasons()).isEqualTo("none");
    assertThat(config.update().steps()).isEqualTo(50);
    assertThat(config.update().schedule().iterations()).isEqualTo(1000);
    assertThat(config.update().optimizer().kind()).isEqualTo("muon");
  }

  @Test
  void whatATrainingKeepsReadsBackAsTheSame() throws ConfigException {
    SettingsFile<JudgeTrainingConfig> first =
        load(GOOD, "training.schedule.warmup=3", "keep.patience=2", "reasons=reasons-first");
    Path kept = project.write("runs/judges/small/config.yaml", first.yaml());
    SettingsFile<JudgeTrainingConfig> second = LOADER.load(kept, List.of());
    assertThat(second.config()).isEqualTo(first.config());
    assertThat(second.yaml()).isEqualTo(first.yaml()).doesNotContain(project.root.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          recipe=best | recipe: 'best' (expected: pairwise-generative, pointwise-generative or pointwise-regressive)
          base=nowhere | base: 'nowhere' (expected: a model directory; there is no nowhere/config.pbtxt)
          preferences=none.h5 | preferences: 'none.h5' (expected: a file that can be read; there is no none.h5)
          validation[1].file=none.h5 | validation[1].file: 'none.h5' (expected: a file that can be read
          validation[1].name=own | validation[1].name: 'own' (expected: another name with validation[0].name = 'own'
          validation[1].name=proof | validation[1].name: 'proof' (expected: another name than proof)
          validation=[] | validation: [] (expected: a list that is not empty)
          keep.set=other | keep.set: 'other' (expected: a validation set: own, far)
          steps=0 | steps: 0 (expected: a whole number >= 1
          updates=2; steps=4; training.schedule.warmup=8 | training.schedule.warmup: 8 (expected: < updates * steps = 8 with steps = 4
          publish={repository: triton-models/repository, model: shapes_judge} | publish.model: 'shapes_judge' (expected: another place than the base's with base =
          training.minibatch=0 | training.minibatch: 0 (expected: a whole number >= 1)
          training.tls.ca=data/own.h5 | training.tls.ca: 'data/own.h5' (expected: none with training.endpoint = 'embedded' (default))
          training.algorithm=nft | training.algorithm: unknown key (
          triton.generator=x | triton.generator: unknown key (
          """)
  void whatCantBeIsNamedWithItsPlace(String sets, String expected) {
    assertThat(complaint(GOOD, sets.split("; "))).contains(expected);
  }
}
