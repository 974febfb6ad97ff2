package io.rewarddance.driver.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.adhoc.AdHocModels;
import io.rewarddance.driver.config.ConfigLoader;
import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.generate.PathGenerator;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.model.Inference;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.Prompt;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The search on the shipped models behind the embedded server. */
class EmbeddedSearchTest {
  private static final int BUDGET = 40;
  private static final SearchPlan PLAN =
      SearchPlan.within(BUDGET, 5, List.of(new Stage(2, 3, 2, 1), new Stage(3, 2, 2, 1)));
  private static AdHocModels models;
  private static JudgeConfig judge;

  @BeforeAll
  static void open() throws Exception {
    Path quickstart =
        Path.of(System.getProperty("rewarddance.root"), "experiments", "quickstart.yaml");
    RunConfig config = new ConfigLoader().load(quickstart, List.of()).config();
    judge = config.judges().get(0);
    models = AdHocModels.open(config.triton(), Set.of("shapes_generator", judge.model()), 2);
  }

  @AfterAll
  static void close() {
    models.close();
  }

  private static List<SearchTree> search(Inference painting, Inference judging, int tasks)
      throws Exception {
    PathGenerator generator = new PathGenerator(models.describe("shapes_generator"), painting, 1);
    Judge verifier = new Judge(judge, models.describe(judge.model()), judging);
    List<Task> all =
        IntStream.range(0, tasks)
            .mapToObj(
                i -> new Task(i, new Prompt(i, i % 2 == 0 ? "a red circle" : "two squares", "")))
            .toList();
    return new PathSearch(generator, new Verifier(verifier, Optional.empty()), OnFailure.PRUNE, 3)
        .run(PLAN, all);
  }

  /** Counted where requests leave, from what they ask for. */
  @Test
  void theBudgetIsNeverExceeded() throws Exception {
    AtomicLong asked = new AtomicLong();
    Inference counting =
        call -> {
          asked.addAndGet(evaluations(call));
          return models.inference().infer(call);
        };
    List<SearchTree> trees = search(counting, models.inference(), 4);
    assertThat(asked.get()).isEqualTo(4L * PLAN.evaluations()).isLessThanOrEqualTo(4 * BUDGET);
    assertThat(trees).allMatch(tree -> tree.evaluations() == PLAN.evaluations());
  }

  private static long evaluations(InferCall call) {
    Map<String, Integer> steps = new HashMap<>();
    for (Tensor input : call.inputs()) {
      if (input.name().endsWith("_step")) {
        steps.put(input.name(), input.int32s()[0]);
      }
    }
    int start = steps.getOrDefault("start_step", 0);
    long rows = call.inputs().get(0).dimension(0);
    return rows * (steps.get("stop_step") - steps.getOrDefault("renoise_step", start));
  }

  @Test
  void theSameSeedGivesTheSameAnswerInAnyCompany() throws Exception {
    List<SearchTree> four = search(models.inference(), models.inference(), 4);
    assertThat(search(models.inference(), models.inference(), 4)).isEqualTo(four);
    assertThat(search(models.inference(), models.inference(), 1).get(0)).isEqualTo(four.get(0));
    assertThat(four.get(0).chosen().orElseThrow().image())
        .isNotEqualTo(four.get(2).chosen().orElseThrow().image());
  }

  /** The judge says NaN of the first image of every request. */
  @Test
  void aJudgeThatFailsForSomePrunesThemAndScoresNone() throws Exception {
    Inference failing =
        call -> models.inference().infer(call).thenApply(EmbeddedSearchTest::firstIsNan);
    List<SearchTree> trees = search(models.inference(), failing, 1);
    SearchTree tree = trees.get(0);
    for (int round = 0; round < PLAN.rounds(); round++) {
      List<Node> nodes = tree.round(round);
      assertThat(nodes.get(0).fate()).isEqualTo(Fate.FAILED);
      assertThat(nodes.get(0).pYes()).isEmpty();
      assertThat(nodes.stream().skip(1)).noneMatch(n -> n.fate() == Fate.FAILED);
    }
    assertThat(tree.failures()).isEqualTo(PLAN.rounds());
    assertThat(tree.chosen()).isPresent();
    assertThat(tree.evaluations()).isLessThanOrEqualTo(BUDGET);
  }

  private static InferAnswer firstIsNan(InferAnswer answer) {
    float[] yes = answer.output("yes_log_prob").floats();
    yes[0] = Float.NaN;
    Map<String, Tensor> outputs = new HashMap<>(answer.outputs());
    outputs.put("yes_log_prob", Tensors.ofFp32("yes_log_prob", new long[] {yes.length, 1}, yes));
    return new InferAnswer(answer.endpoint(), answer.version(), outputs);
  }
}
