package io.rewarddance.driver.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.plan.Seeds;
import io.rewarddance.driver.testing.ToyJudge;
import io.rewarddance.driver.testing.ToyOracle;
import io.rewarddance.driver.testing.ToyPaths;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PathSearchTest {
  private static final long SEED = 5;
  private static final SearchPlan PLAN =
      new SearchPlan(8, 6, List.of(new Stage(3, 3, 2, 1), new Stage(5, 2, 3, 2)));

  /** P(yes) grows with red; NaN, which is no answer, where the test wants a judge that fails. */
  private static ToyJudge judge(IntPredicate fails) {
    return new ToyJudge((red, none) -> fails.test(red) ? Double.NaN : (red + 1) / 258.0);
  }

  private static PathSearch search(ToyPaths paths, ToyJudge judge, OnFailure policy) {
    Verifier verifier = new Verifier(judge.pointwise("judge"), Optional.of(ToyOracle.sound()));
    return new PathSearch(paths.generator(), verifier, policy, SEED);
  }

  private static List<SearchTree> run(int tasks) {
    return search(ToyPaths.sound(), judge(red -> false), OnFailure.STOP).run(PLAN, tasks(tasks));
  }

  private static List<Task> tasks(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Task(i, new Prompt(i, "prompt " + i, "")))
        .toList();
  }

  @Test
  void costsExactlyWhatWasPlanned() {
    ToyPaths paths = ToyPaths.sound();
    ToyJudge judge = judge(red -> false);
    List<SearchTree> trees = search(paths, judge, OnFailure.STOP).run(PLAN, tasks(3));
    assertThat(paths.evaluations.get()).isEqualTo(3L * PLAN.evaluations());
    assertThat(trees).allMatch(tree -> tree.evaluations() == PLAN.evaluations());
    assertThat(trees).allMatch(tree -> tree.questions() == PLAN.questions());
    assertThat(
            judge.calls.stream()
                .flatMap(call -> call.inputs().stream())
                .filter(tensor -> tensor.name().equals("image"))
                .mapToLong(tensor -> tensor.dimension(0))
                .sum())
        .isEqualTo(3L * PLAN.questions());
  }

  @Test
  void theSameSeedFindsTheSameInAnyCompany() {
    List<SearchTree> three = run(3);
    assertThat(run(3)).isEqualTo(three);
    assertThat(run(1).get(0)).isEqualTo(three.get(0));
    assertThat(three.get(0).nodes().get(0).seed()).isNotEqualTo(three.get(1).nodes().get(0).seed());
  }

  @Test
  void everyRoundFollowsTheBestOfTheRoundBefore() {
    SearchTree tree = run(1).get(0);
    for (int round = 0; round < PLAN.rounds(); round++) {
      List<Node> nodes = tree.round(round);
      List<Node> kept =
          nodes.stream().filter(n -> n.fate() == Fate.KEPT || n.fate() == Fate.CHOSEN).toList();
      List<Node> best =
          nodes.stream()
              .sorted(Comparator.comparingDouble(n -> -n.pYes().orElseThrow()))
              .limit(kept.size())
              .sorted(Comparator.comparingInt(Node::id))
              .toList();
      assertThat(kept).isEqualTo(best);
    }
    assertThat(tree.round(2)).hasSize(6);
    assertThat(tree.chosen()).isPresent();
  }

  @Test
  void theFirstChildGoesOnAndTheOthersAreNoisedAgain() {
    SearchTree tree = run(1).get(0);
    List<Node> children = tree.round(2);
    for (int i = 0; i < children.size(); i++) {
      Node child = children.get(i);
      Node parent = tree.nodes().get(child.parent().getAsInt());
      assertThat(parent.fate()).isEqualTo(Fate.KEPT);
      assertThat(child.leg().from()).isEqualTo(5);
      assertThat(child.leg().begin()).isEqualTo(i % 3 == 0 ? 5 : 3);
      float before = state(parent);
      float expected = i % 3 == 0 ? before : (before + ToyPaths.noise(child.seed())) / 2;
      assertThat(state(child)).isBetween(expected - 0.01f, expected + 0.01f);
    }
  }

  private static float state(Node node) {
    return (node.image().orElseThrow().rgb()[0] & 0xff) / 256f;
  }

  @Test
  void bestOfNStartsWhereTheSearchStarts() {
    PathSearch search = search(ToyPaths.sound(), judge(red -> false), OnFailure.STOP);
    SearchTree best = search.run(SearchPlan.bestOf(8, 4), tasks(1)).get(0);
    assertThat(best.nodes().stream().map(Node::seed).toList())
        .isEqualTo(run(1).get(0).nodes().stream().limit(4).map(Node::seed).toList());
  }

  @Test
  void aJudgeThatFailsPrunesAndNeverScores() {
    List<Integer> reds = new ArrayList<>();
    run(1).get(0).round(0).forEach(n -> reds.add(n.image().orElseThrow().rgb()[0] & 0xff));
    int highest = reds.stream().mapToInt(Integer::intValue).max().orElseThrow();
    ToyJudge broken = judge(red -> red == highest);
    SearchTree tree = search(ToyPaths.sound(), broken, OnFailure.PRUNE).run(PLAN, tasks(1)).get(0);
    Node lost = tree.nodes().get(reds.indexOf(highest));
    assertThat(lost.fate()).isEqualTo(Fate.FAILED);
    assertThat(lost.pYes()).isEmpty();
    assertThat(lost.answer().failure().orElseThrow().toString()).contains("JUDGE_NOT_FINITE");
    assertThat(tree.nodes()).noneMatch(n -> n.parent().orElse(-1) == lost.id());
    assertThat(tree.round(0).stream().filter(n -> n.fate() == Fate.KEPT)).hasSize(3);
    assertThat(tree.chosen()).isPresent();
    assertThatThrownBy(() -> search(ToyPaths.sound(), broken, OnFailure.STOP).run(PLAN, tasks(1)))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("JUDGE_NOT_FINITE");
  }

  @Test
  void fewerAreKeptWhenFewAreLeftAndNoneIsAnAnswerlessSearch() {
    ToyPaths paths = ToyPaths.sound();
    List<Integer> reds = new ArrayList<>();
    run(1).get(0).round(0).forEach(n -> reds.add(n.image().orElseThrow().rgb()[0] & 0xff));
    ToyJudge onlyOne = judge(red -> reds.contains(red) && red != reds.get(2));
    SearchTree tree = search(paths, onlyOne, OnFailure.PRUNE).run(PLAN, tasks(1)).get(0);
    assertThat(tree.round(0).stream().filter(n -> n.fate() == Fate.KEPT)).hasSize(1);
    assertThat(tree.round(1)).hasSize(2);
    assertThat(paths.evaluations.get())
        .isEqualTo(tree.evaluations())
        .isLessThan(PLAN.evaluations());

    SearchTree none =
        search(ToyPaths.sound(), judge(red -> true), OnFailure.PRUNE).run(PLAN, tasks(1)).get(0);
    assertThat(none.chosen()).isEmpty();
    assertThat(none.nodes()).hasSize(6).allMatch(n -> n.fate() == Fate.FAILED);
    assertThat(none.failure().orElseThrow()).startsWith("no candidate was left: JUDGE_NOT_FINITE");
  }

  @Test
  void whatCanNotBeDrawnIsNotAskedAbout() {
    long broken = Seeds.derive(SEED, Seeds.Purpose.SEARCH, 0, 0, 1);
    PolicyRef policy = new PolicyRef(1, "ab".repeat(32));
    ToyPaths paths = new ToyPaths(call -> policy, seed -> seed == broken);
    SearchTree tree =
        search(paths, judge(red -> false), OnFailure.PRUNE).run(PLAN, tasks(1)).get(0);
    // The toy takes four rows a request, so a failed request takes its neighbours with it.
    assertThat(tree.round(0).stream().filter(n -> n.fate() == Fate.FAILED)).hasSize(4);
    assertThat(tree.questions()).isEqualTo(tree.nodes().size() - 4);
    assertThat(tree.evaluations()).isLessThanOrEqualTo(PLAN.evaluations());
    assertThat(tree.chosen()).isPresent();
  }

  @Test
  void statesOfOnePolicyAreNotGivenToAnother() {
    PolicyRef first = new PolicyRef(1, "ab".repeat(32));
    PolicyRef second = new PolicyRef(2, "cd".repeat(32));
    ToyPaths paths =
        new ToyPaths(
            call ->
                call.inputs().stream().anyMatch(t -> t.name().equals("start_latent"))
                    ? second
                    : first,
            seed -> false);
    assertThatThrownBy(
            () -> search(paths, judge(red -> false), OnFailure.PRUNE).run(PLAN, tasks(1)))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("expected: version 1");
    assertThat(paths.calls)
        .filteredOn(call -> call.inputs().stream().anyMatch(t -> t.name().equals("start_latent")))
        .allMatch(
            call ->
                call.inputs().stream()
                    .filter(t -> t.name().equals("policy_version"))
                    .allMatch(t -> t.int64s()[0] == 1));
  }

  /** The oracle measures; a search that it could steer would choose otherwise here. */
  @Test
  void goldDoesNotSteer() {
    ToyJudge likesDark = new ToyJudge((red, none) -> (257 - red) / 258.0);
    SearchTree tree =
        search(ToyPaths.sound(), likesDark, OnFailure.STOP).run(PLAN, tasks(1)).get(0);
    Node chosen = tree.chosen().orElseThrow();
    assertThat(tree.round(2))
        .allMatch(n -> n.gold().orElseThrow().graded() >= chosen.gold().orElseThrow().graded());
  }
}
