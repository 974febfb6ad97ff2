package io.rewarddance.driver.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.driver.evaluate.Gold;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.generate.Leg;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.YesProbability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  /** A search of one image: 1 accepted, 0 not, -1 failed. */
  private static SearchTree tree(int index, int gold) {
    Outcome<YesProbability> answer =
        gold < 0
            ? Outcome.failed(FailureKind.JUDGE_TIMEOUT, "late")
            : Outcome.of(new YesProbability(Math.log(0.25), Math.log(0.75)));
    Node node =
        new Node(
            0,
            OptionalInt.empty(),
            0,
            Leg.fromNoise(6, 6),
            Optional.of(0f),
            1,
            Optional.empty(),
            answer,
            Optional.of(new Gold(gold == 1, gold == 1 ? 1 : 0.5, new TreeMap<>(), new TreeMap<>())),
            gold < 0 ? Fate.FAILED : Fate.CHOSEN);
    return new SearchTree(
        new Task(index, new Prompt(index, "p", "")), SearchPlan.bestOf(6, 1), List.of(node));
  }

  private static Comparison.Result result(String name, int... golds) {
    List<SearchTree> trees = new ArrayList<>();
    for (int i = 0; i < golds.length; i++) {
      trees.add(tree(i, golds[i]));
    }
    return new Comparison.Result(new Method(name, SearchPlan.bestOf(6, 1)), trees);
  }

  @Test
  void aTaskThatOneHasNoAnswerForIsLeftOutOfAll() {
    Comparison comparison =
        new Comparison(List.of(result("a", 1, 1, -1, 0, 1), result("b", 0, 1, 1, 0, -1)));
    assertThat(comparison.leftOut()).isEqualTo(2);
    List<Comparison.Row> rows = comparison.rows();
    assertThat(rows.get(0).goldStrict().orElseThrow().mean()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(rows.get(1).goldStrict().orElseThrow().mean()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(rows).allMatch(row -> row.goldStrict().orElseThrow().n() == 3);
    assertThat(rows.get(0).pYes().orElseThrow().mean()).isCloseTo(0.25, within(1e-12));
    assertThat(rows.get(0).failures()).isEqualTo(1);
    assertThat(rows.get(0).gain()).isEmpty();
    assertThat(rows.get(1).gain().orElseThrow().mean()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void nothingAnsweredIsNoNumber() {
    Comparison.Row row = new Comparison(List.of(result("a", -1, -1))).rows().get(0);
    assertThat(row.goldStrict()).isEmpty();
    assertThat(row.pYes()).isEmpty();
    assertThat(row.evaluations()).isEqualTo(6);
  }

  @Test
  void methodsSpendAtMostTheBudget() {
    assertThat(Method.bestOf(6, 100).plan()).isEqualTo(SearchPlan.bestOf(6, 16));
    assertThat(Method.bestOf(6, 5).plan()).isEqualTo(SearchPlan.bestOf(6, 1));
    assertThat(Method.plain(6).plan().evaluations()).isEqualTo(6);
  }
}
