package io.rewarddance.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreferencesLoaderTest {
  private static final String GOOD =
      """
      name: small
      triton: { oracle: shapes_oracle }
      sources:
        - name: own
        - { name: hasty, steps: 3 }
      annotators:
        - { name: steady, noise: 0.1 }
        - name: exact
      sets:
        - name: train
          prompts: prompts/train.jsonl
          groups: 8
      """;

  private static final PreferencesLoader LOADER = new PreferencesLoader();

  @TempDir Path directory;
  private ProjectFiles project;

  @BeforeEach
  void makeProject() {
    project = new ProjectFiles(directory.toAbsolutePath());
    project.write("prompts/train.jsonl", "{\"prompt\": \"a\", \"category\": \"c\"}\n");
    project.write("weights.safetensors", "");
  }

  private SettingsFile<PreferencesConfig> load(String text, String... sets) throws ConfigException {
    return LOADER.load(project.experiment(text), List.of(sets));
  }

  private String complaint(String text, String... sets) {
    return project.complaint(() -> load(text, sets));
  }

  @Test
  void aShortFileGetsDocumentedDefaults() throws ConfigException {
    PreferencesConfig config = load(GOOD).config();
    assertThat(config.directory()).isEqualTo(project.root.resolve("runs/preferences/small"));
    assertThat(config.source("hasty").model()).isEqualTo("shapes_generator");
    assertThat(config.source("hasty").sampler())
        .isEqualTo(new SamplerSettings(Sampler.ODE, 3, 0, 0, 0.7f, 1));
    assertThat(config.annotator("exact")).isEqualTo(new PreferencesConfig.Annotator("exact", 0, 0));
    assertThat(config.reasons())
        .isEqualTo(new PreferencesConfig.Column("shapes_oracle", "finding"));
    PreferenceSetConfig set = config.sets().get(0);
    assertThat(set.groupSize()).isEqualTo(4);
    assertThat(set.pairsOfGroup()).isEqualTo(6);
    assertThat(set.sources()).containsExactly("own", "hasty");
    assertThat(set.annotators()).containsExactly("steady", "exact");
    assertThat(set.ties()).isEqualTo(0.04);
    assertThat(set.corruption().isNone()).isTrue();
    assertThat(set.reference()).isEmpty();
  }

  @Test
  void whatACollectionKeepsReadsBackAsTheSame() throws ConfigException {
    SettingsFile<PreferencesConfig> first =
        load(
            GOOD,
            "sources[1].weights=weights.safetensors",
            "also=[triton-models/repository/shapes_judge]",
            "style={model: shapes_judge}",
            "sets[0].reference={style: 0.5}",
            "sets[0].pairs=2");
    Path kept = project.write("runs/preferences/small/config.yaml", first.yaml());
    SettingsFile<PreferencesConfig> second = LOADER.load(kept, List.of());
    assertThat(second.config()).isEqualTo(first.config());
    assertThat(second.yaml()).isEqualTo(first.yaml()).doesNotContain(project.root.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          triton.oracle=nobody | triton.oracle: 'nobody' (expected: a model of triton.repository
          triton={} | triton.oracle: missing (expected: a model: it is what annotators see with)
          sources[0].model=nobody | sources[0].model: 'nobody' (expected: a model of triton.repository
          sources[0].stepz=2 | sources[0].stepz: unknown key (did you mean steps?)
          sources[1].name=own | sources[1].name: 'own' (expected: another name with sources[0].name = 'own'
          sources[0].weights=none.safetensors | sources[0].weights: 'none.safetensors' (expected: a file that can be read
          sources[0].sampler=cps | sources[0].sde_steps: 0 (expected: >= 1 with sources[0].sampler = 'cps'
          sources[0].sde_steps=1 | sources[0].sde_steps: 1 (expected: 0 with sources[0].sampler = 'ode' (default))
          sources[0].sampler=cps; sources[0].sde_steps=6 | sources[0].sde_start: 0 (expected: start + sde_steps <= steps - 1 = 5
          sources[0].sampler=cps; sources[0].sde_steps=1; sources[0].noise_level=0 | sources[0].noise_level: 0 (expected: > 0 with
          annotators[0].flip=0.6 | annotators[0].flip: 0.6 (expected: a number >= 0 and <= 0.5)
          sets[0].name=a/b | sets[0].name: 'a/b' (expected: 1 to 100 letters
          sets[0].prompts=none.jsonl | sets[0].prompts: 'none.jsonl' (expected: a file that can be read
          sets[0].categories=[d] | sets[0].categories[0]: 'd' (expected: a category of the prompt files: c)
          sets[0].pairs=7 | sets[0].pairs: 7 (expected: <= 6, all of a group's pairs, with sets[0].group_size = 4 (default))
          sets[0].sources=[other] | sets[0].sources[0]: 'other' (expected: all alone, or of sources: own, hasty)
          sets[0].annotators=[steady, all] | sets[0].annotators[1]: 'all' (expected: all alone, or of annotators: steady, exact)
          sets[0].answers=3 | sets[0].answers: 3 (expected: <= 2 annotators with sets[0].annotators
          sets[0].groups=1; sets[0].mismatched=0.5 | sets[0].mismatched: 0.5 (expected: 0 with sets[0].groups = 1
          sets[0].reference={} | style: missing (expected: a model with sets[0].reference.style = 1 (default))
          sets[0].reference={source: other}; style={model: shapes_judge} | sets[0].reference.source: 'other' (expected: a source: own, hasty)
          sets[0].reference={style: 0} | sets[0].reference.style: 0 (expected: > 0: a reference that nobody looks at tells nothing)
          sets[0].reasons=true; reasons.model=nobody | reasons.model: 'nobody' (expected: a model of triton.repository
          also=[prompts] | also[0]: 'prompts' (expected: a model directory; there is no prompts/config.pbtxt)
          also=[triton-models/repository/shapes_judge]; triton.endpoints=["a:8001"] | also[0]: 'triton-models/repository/shapes_judge' (expected: none with triton.endpoints
          publish.directory=prompts | publish.directory: 'prompts' (expected: none with triton.endpoints
          triton.endpoints=["a:8001"]; sources[0].weights=weights.safetensors | publish.directory: missing (expected: the repository of the servers with sources[0].weights
          """)
  void whatCantBeIsNamedWithItsPlace(String sets, String expected) {
    assertThat(complaint(GOOD, sets.split("; "))).contains(expected);
  }

  @Test
  void anEmptyFileSaysWhatItShouldHold() {
    assertThat(complaint("")).contains("empty (expected: a collection of preferences)");
  }
}
