package io.rewarddance.driver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rewarddance.metrics.hacking.Drift;
import io.rewarddance.proto.training.UpdateSettings;
import io.rewarddance.rollout.Algorithm;
import io.rewarddance.rollout.Sampler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigLoaderTest {
  // Compiling the schema is most of the work, so it is done once.
  private static final ConfigLoader LOADER = new ConfigLoader();

  @TempDir Path directory;
  private ProjectFiles project;

  @BeforeEach
  void makeProject() {
    project = new ProjectFiles(directory.toAbsolutePath());
  }

  private Experiment load(String text, String... sets) throws ConfigException {
    return LOADER.load(project.experiment(text), List.of(sets));
  }

  private String complaint(String text, String... sets) {
    return project.complaint(() -> load(text, sets));
  }

  @Test
  void aShortFileGetsDocumentedDefaults() throws ConfigException {
    RunConfig config = load(ProjectFiles.GOOD).config();
    assertThat(config.seed()).isEqualTo(7);
    assertThat(config.directory()).isEqualTo(project.root.resolve("runs/small"));
    assertThat(config.triton().embedded()).isTrue();
    assertThat(config.triton().maxInFlightBytes()).isEqualTo(64L << 20);
    assertThat(config.triton().loadDeadline()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.judges().get(0).reference()).isEmpty();
    assertThat(config.rollouts().sampler()).isEqualTo(Sampler.ODE);
    assertThat(config.rollouts().perIteration()).isEqualTo(144);
    assertThat(config.training().algorithm()).isEqualTo(Algorithm.NFT);
    assertThat(config.training().klEstimator()).isEqualTo("velocity");
    assertThat(config.evaluate()).isEqualTo(new EvaluateConfig(600, 0, 60, 6, 7, 24));
    assertThat(config.prompts().categories()).isEmpty();
    assertThat(config.timeLimit()).isEmpty();
  }

  @Test
  void whatARunKeepsReadsBackAsTheSame() throws ConfigException {
    Experiment first =
        load(
            ProjectFiles.GOOD,
            "run='007'",
            "judges[0].question=pairwise",
            "judges[0].instruction='no: #1'",
            "time_limit=1.5m",
            "training.old_policy=0.25",
            "rollouts.noise_level=1e-7");
    Path kept = project.write("runs/007/config.yaml", first.yaml());
    Experiment second = LOADER.load(kept, List.of());
    assertThat(second.config()).isEqualTo(first.config());
    assertThat(second.yaml()).isEqualTo(first.yaml());
    assertThat(first.config().timeLimit()).contains(Duration.ofSeconds(90));
    assertThat(first.config().training().oldPolicy()).isEqualTo("0.25");
    assertThat(first.yaml()).doesNotContain(project.root.toString());
  }

  @Test
  void allProblemsAreReportedAtOnceWithTheirPlaces() {
    String text =
        """
        run: small
        seed: seven
        judges:
          - model: shapes_judge
            wieght: 2
        prompts:
          train: prompts/train.jsonl
        rollouts:
          iterations: 90
          group_size: 1
          sampler: euler
        group_size: 4
        triton:
          deadline: 60
          endpoints: [here]
        """;
    assertThat(complaint(text).lines())
        .containsExactly(
            "experiments/test.yaml: 8 problems",
            "  experiments/test.yaml:2:7: seed: 'seven' (expected: a whole number >= 0 and <= 9007199254740991)",
            "  experiments/test.yaml:5:5: judges[0].wieght: unknown key (did you mean weight?)",
            "  experiments/test.yaml:6:1: prompts.held_out: missing (expected: a path)",
            "  experiments/test.yaml:10:15: rollouts.group_size: 1 (expected: a whole number >= 2 and <= 4096)",
            "  experiments/test.yaml:11:12: rollouts.sampler: 'euler' (expected: ode, flow-sde, dance-sde or cps)",
            "  experiments/test.yaml:12:1: group_size: unknown key (did you mean rollouts.group_size?)",
            "  experiments/test.yaml:14:13: triton.deadline: 60 (expected: a duration such as 500ms, 30s, 4m or 2h)",
            "  experiments/test.yaml:15:15: triton.endpoints[0]: 'here' (expected: host:port, or embedded)");
  }

  @Test
  void aKeyWrittenTwiceIsAProblem() {
    assertThat(complaint(ProjectFiles.GOOD + "seed: 1\nseed: 2\n"))
        .contains("test.yaml:13:1: seed: written twice, first in line 12");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run: [a    | test.yaml:2:1: not YAML: expected ',' or ']'
          - run      | test.yaml:1:1: a list (expected: keys and values)
          ''         | test.yaml:1:1: empty (expected: an experiment)
          hello      | test.yaml:1:1: 'hello' (expected: keys and values)
          a: *b      | test.yaml:1:4: not YAML: found undefined alias b
          """)
  void textThatIsNoExperimentSaysWhere(String text, String expected) {
    assertThat(complaint(text + "\n")).contains(expected);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> LOADER.load(Path.of("none.yaml"), List.of()))
        .withMessageContaining("none.yaml: no such file");
  }

  @Test
  void overridesAreTypedLikeYaml() throws ConfigException {
    RunConfig config =
        load(
                ProjectFiles.GOOD,
                "rollouts.group_size=8",
                "judges.0.weight=-0.5",
                "prompts.categories=[single, colours]",
                "time_limit=4m",
                "training.optimizer.kind=adamw",
                "monitor.drawing={grain: rising, template_fit: falling}",
                "publish.canary=false")
            .config();
    assertThat(config.rollouts().groupSize()).isEqualTo(8);
    assertThat(config.judges().get(0).weight()).isEqualTo(-0.5);
    assertThat(config.prompts().categories()).containsExactly("single", "colours");
    assertThat(config.timeLimit()).contains(Duration.ofMinutes(4));
    assertThat(config.training().optimizer().kind()).isEqualTo("adamw");
    assertThat(config.publish().canary()).isFalse();
    assertThat(config.monitor().drawing())
        .isEqualTo(Map.of("grain", Drift.RISING, "template_fit", Drift.FALLING));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rollouts.group_size=x     | --set rollouts.group_size=x: rollouts.group_size: 'x' (expected: a whole number
          rollouts.groupsize=4      | --set rollouts.groupsize=4: rollouts.groupsize: unknown key (did you mean group_size?)
          rollouts=[1]              | --set rollouts=[1]: rollouts: [1] (expected: keys:
          judges[3].weight=1        | --set judges[3].weight=1: judges[3]: not there
          run.name=x                | --set run.name=x: run: has no keys of its own
          seed                      | --set seed: no key (expected: --set key.path=value)
          =4                        | --set =4: no key
          a..b=4                    | --set a..b=4: an empty step
          seed=[1                   | --set seed=[1:1:3: not YAML
          rollouts.noise_level=.nan | --set rollouts.noise_level=.nan: rollouts.noise_level: NaN (expected: a number
          judges[0].weight=.inf     | --set judges[0].weight=.inf: judges[0].weight: Infinity (expected: a number
          monitor.drawing.grain=up  | --set monitor.drawing.grain=up: monitor.drawing.grain: 'up' (expected: rising, falling or either)
          judges=[]                 | --set judges=[]: judges: [] (expected: a list that is not empty)
          """)
  void overridesAreNamedInProblems(String set, String expected) {
    assertThat(complaint(ProjectFiles.GOOD, set)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          training.algorithm=grpo | rollouts.sampler: 'ode' (expected: flow-sde, dance-sde or cps with training.algorithm = 'grpo' (--set training.algorithm=grpo))
          training.algorithm=grpo; rollouts.sampler=cps | rollouts.sde_steps: 0 (expected: >= 1 with training.algorithm
          training.algorithm=grpo; rollouts.sampler=cps; rollouts.sde_steps=6 | rollouts.sde_start: 0 (expected: start + sde_steps <= steps - 1 = 5
          training.algorithm=grpo; rollouts.sampler=cps; rollouts.sde_steps=2; rollouts.sde_start_max=4 | rollouts.sde_start_max: 4 (expected: start + sde_steps <= steps - 1 = 5
          training.algorithm=grpo; rollouts.sampler=cps; rollouts.sde_steps=1; rollouts.sde_start=2; rollouts.sde_start_max=1 | rollouts.sde_start_max: 1 (expected: >= 2 with rollouts.sde_start = 2
          rollouts.sampler=cps | rollouts.sampler: 'cps' (expected: ode with training.algorithm = 'nft' (default))
          rollouts.sampler=cps; rollouts.sde_steps=2 | rollouts.sde_steps: 2 (expected: 0, nft needs no noise window, with training.algorithm
          rollouts.sde_start_max=2 | rollouts.sde_start_max: 2 (expected: none with rollouts.sde_steps = 0 (default))
          training.algorithm=refl; training.refl.weight=0 | training.refl.weight: 0 (expected: > 0 with training.algorithm
          training.algorithm=refl; rollouts.sde_steps=1 | rollouts.sde_steps: 1 (expected: 0, the last step is recorded as it is, with training.refl.weight
          training.algorithm=refl; training.kl_estimator=k1 | training.kl_estimator: 'k1' (expected: velocity with training.algorithm
          training.algorithm=refl; rollouts.sampler=cps | rollouts.sde_steps: 0 (expected: >= 1, or sampler ode, with training.refl.weight
          training.algorithm=refl; rollouts.sampler=cps; rollouts.sde_steps=2 | rollouts.sde_start: 0 (expected: a window that ends before the last step, from 3, with training.refl.weight
          training.refl.weight=1; judges[0].question=pairwise; judges[0].both_orders=true | judges[0].both_orders: true (expected: false with training.refl.weight
          rollouts.steps_max=5 | rollouts.steps_max: 5 (expected: >= 6 with rollouts.steps
          training.algorithm=grpo; rollouts.sampler=cps; rollouts.sde_steps=2; rollouts.steps_max=8 | rollouts.steps_max: 8 (expected: none with rollouts.sde_steps
          training.kl_estimator=k1 | training.kl_estimator: 'k1' (expected: velocity with training.algorithm
          judges[0].reference.keep=1 | judges[0].reference: keys and values (keep, ...) (expected: none with judges[0].question = 'pointwise' (default))
          judges[0].both_orders=true | judges[0].both_orders: true (expected: false with judges[0].question
          judges[0].question=pairwise; judges[0].reference.keep=9 | judges[0].reference.keep: 9 (expected: <= candidates with judges[0].reference.candidates = 8
          judges[0].weight=0 | judges[0].weight: 0 (expected: a number other than 0)
          judges=[{model: shapes_judge}, {model: shapes_judge}] | judges[1].name: 'shapes_judge' (expected: another name with judges[0].name
          judges[0].on_failure=leave_out | judges[0].on_failure: 'leave_out' (expected: retry, set_aside, pause or stop: there is no other judge)
          judges=[{model: shapes_judge}, {model: shapes_judge, name: style, on_failure: leave_out}] | advantage.mixing: 'reward' (expected: advantage or gdpo with judges[1].on_failure = 'leave_out'
          policies.on_judge_failure=leave_out | policies.on_judge_failure: 'leave_out' (expected: retry, set_aside, pause or stop)
          triton.endpoints=[embedded, "a:1"] | triton.endpoints: ["embedded","a:1"] (expected: embedded alone, or host:port of each server)
          triton.endpoints=["a:8001"] | publish.directory: missing (expected: the repository of these servers with triton.endpoints = ["a:8001"]
          publish.method=none | publish.method: 'none' (expected: load with triton.endpoints = ["embedded"] (default))
          publish.directory=prompts | publish.directory: 'prompts' (expected: none, the run has its own copy, with triton.endpoints
          training.minibatch=145 | training.minibatch: 145 (expected: <= groups * group_size = 144 with rollouts.group_size
          advantage.noise_repeats=1 | advantage.noise_repeats: 1 (expected: 0, or at least 2: one answer has no noise
          advantage.min_judged=7 | advantage.min_judged: 7 (expected: <= group_size with rollouts.group_size = 6
          evaluate.grid=24; evaluate.held_out_images=10 | evaluate.grid: 24 (expected: <= held_out_images with evaluate.held_out_images = 10
          training.schedule.warmup=90 | training.schedule.warmup: 90 (expected: < iterations with rollouts.iterations = 90
          triton.tls.enabled=true | triton.tls.enabled: true (expected: false with triton.endpoints
          triton.tls.ca=prompts/train.jsonl | triton.tls.ca: 'prompts/train.jsonl' (expected: none with triton.tls.enabled = false (default))
          triton.endpoints=["127.0.0.1:1", "192.0.2.1:8001"]; triton.token_file=prompts/train.jsonl | triton.tls.enabled: false (expected: true: the token could be read on the way, with triton.token_file
          training.tls.ca=prompts/train.jsonl | training.tls.ca: 'prompts/train.jsonl' (expected: none with training.endpoint = 'embedded' (default))
          training.endpoint="https://trainer"; training.tls.key=prompts/train.jsonl | training.tls.certificate: missing (expected: a file with training.tls.key = 'prompts/train.jsonl'
          training.endpoint="http://192.0.2.1:8080"; training.token_file=prompts/train.jsonl | training.endpoint: 'http://192.0.2.1:8080' (expected: https, or an address of this machine: the token could be read on the way, with training.token_file
          prompts.held_out=none.jsonl | prompts.held_out: 'none.jsonl' (expected: a file that can be read; there is no none.jsonl)
          triton.generator=shapes | triton.generator: 'shapes' (expected: a model of triton.repository: shapes_generator, shapes_judge, shapes_oracle)
          judges[0].model=other | judges[0].model: 'other' (expected: a model of triton.repository
          triton.repository=models | triton.repository: 'models' (expected: a directory; there is no models
          """)
  void impossibleCombinationsNameBothKeys(String sets, String expected) {
    assertThat(complaint(ProjectFiles.GOOD, sets.split("; "))).contains(expected);
  }

  @Test
  void aCategoryThatNoPromptHasIsNamedWithThoseThereAre() throws ConfigException {
    project.write(
        "prompts/train.jsonl",
        """
        {"prompt": "a", "category": "colors"}
        {"prompt": "b"}
        """);
    project.write("prompts/held-out.jsonl", "{\"prompt\": \"c\", \"category\": \"counting\"}");
    String text =
        ProjectFiles.GOOD.replace(
            "held-out.jsonl\n", "held-out.jsonl\n  categories:\n    - colors\n    - colours\n");
    assertThat(complaint(text))
        .contains(
            "experiments/test.yaml:12:7: prompts.categories[1]: 'colours'"
                + " (expected: a category of the prompt files: colors, counting)")
        .doesNotContain("[0]");
    assertThat(load(ProjectFiles.GOOD, "prompts.categories=[counting, colors]").config().prompts())
        .extracting(PromptConfig::categories)
        .isEqualTo(List.of("counting", "colors"));
    project.write("prompts/train.jsonl", "{\"prompt\": \"a\"}");
    project.write("prompts/held-out.jsonl", "{\"prompt\": \"c\"}");
    assertThat(complaint(ProjectFiles.GOOD, "prompts.categories=[colors]"))
        .contains("a category of the prompt files: they have none");
  }

  @Test
  void aRunOnRealServersNeedsNoModelsHere() throws ConfigException {
    project.write("served/keep", "");
    RunConfig config =
        load(
                ProjectFiles.GOOD,
                "triton.endpoints=[a:8001, b:8001]",
                "triton.repository=nowhere",
                "publish.directory=served",
                "training.endpoint=http://trainer:8080")
            .config();
    assertThat(config.triton().endpoints()).containsExactly("a:8001", "b:8001");
    assertThat(config.training().embedded()).isFalse();
    assertThat(config.publish().directory()).contains(project.root.resolve("served"));
  }

  @Test
  void gradientsArePushedAloneOrBesideAnotherLoss() throws ConfigException {
    TrainingConfig refl = load(ProjectFiles.GOOD, "training.algorithm=refl").config().training();
    assertThat(refl.pushesGradients()).isTrue();
    assertThat(refl.refl().weight()).isEqualTo(1);
    assertThat(refl.klEstimator()).isEqualTo("velocity");
    TrainingConfig nft = load(ProjectFiles.GOOD).config().training();
    assertThat(nft.pushesGradients()).isFalse();
    TrainingConfig mixed =
        load(ProjectFiles.GOOD, "training.refl={weight: 0.1, gradient: raw}").config().training();
    assertThat(mixed.algorithm()).isEqualTo(Algorithm.NFT);
    assertThat(mixed.updateSettings(1, 90, 5).refl())
        .isEqualTo(new UpdateSettings.Refl(0.1, "raw", 0.1));
  }

  /** It isn't written out, so a run that is resumed with another policy for all obeys it. */
  @Test
  void aJudgeFollowsThePolicyOfAllUnlessItHasItsOwn() throws ConfigException {
    Experiment experiment =
        load(
            ProjectFiles.GOOD,
            "judges=[{model: shapes_judge, on_failure: leave_out},"
                + " {model: shapes_judge, name: style}]",
            "advantage.mixing=gdpo",
            "policies.on_judge_failure=stop");
    FailurePolicies policies = experiment.config().policies();
    assertThat(policies.onFailureOf("shapes_judge")).isEqualTo(FailurePolicies.Action.LEAVE_OUT);
    assertThat(policies.onFailureOf("style")).isEqualTo(FailurePolicies.Action.STOP);
    assertThat(experiment.yaml()).containsOnlyOnce("on_failure:");
  }

  @Test
  void theWindowMayMove() throws ConfigException {
    RolloutConfig rollouts =
        load(
                ProjectFiles.GOOD,
                "training.algorithm=grpo",
                "rollouts.sampler=flow-sde",
                "rollouts.sde_steps=2",
                "rollouts.sde_start_max=3")
            .config()
            .rollouts();
    assertThat(rollouts.sdeStartMax()).isEqualTo(OptionalInt.of(3));
  }
}
