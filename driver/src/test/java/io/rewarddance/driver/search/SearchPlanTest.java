package io.rewarddance.driver.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SearchPlanTest {
  private static final int STEPS = 9;

  @Provide
  Arbitrary<List<Stage>> stages() {
    Arbitrary<Stage> stage =
        Combinators.combine(
                Arbitraries.integers().between(1, STEPS - 1),
                Arbitraries.integers().between(1, 4),
                Arbitraries.integers().between(1, 3),
                Arbitraries.integers().between(1, STEPS))
            .as(Stage::new);
    return stage.list().ofMaxSize(4).map(SearchPlanTest::ordered);
  }

  /** Rising levels, and never more kept than there are. */
  private static List<Stage> ordered(List<Stage> any) {
    List<Stage> sorted = any.stream().sorted((a, b) -> a.level() - b.level()).toList();
    List<Stage> stages = new ArrayList<>();
    for (Stage stage : sorted) {
      Stage before = stages.isEmpty() ? null : stages.get(stages.size() - 1);
      if (before == null || stage.level() > before.level()) {
        int keep = before == null ? stage.keep() : Math.min(stage.keep(), before.paths());
        stages.add(new Stage(stage.level(), keep, stage.branch(), stage.back()));
      }
    }
    return stages;
  }

  /** Path by path and step by step, the slow way. */
  @Property
  void costsAreThoseOfEveryStep(
      @ForAll("stages") List<Stage> stages, @ForAll @IntRange(min = 4, max = 9) int starts) {
    SearchPlan plan = new SearchPlan(STEPS, starts, stages);
    int evaluations = 0;
    int questions = starts;
    for (int start = 0; start < starts; start++) {
      evaluations += plan.reached(0);
    }
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      int next = i + 1 < stages.size() ? stages.get(i + 1).level() : STEPS;
      for (int kept = 0; kept < stage.keep(); kept++) {
        for (int branch = 0; branch < stage.branch(); branch++) {
          questions++;
          int begin = branch == 0 ? stage.level() : Math.max(0, stage.level() - stage.back());
          for (int step = begin; step < next; step++) {
            evaluations++;
          }
        }
      }
    }
    assertThat(plan.evaluations()).isEqualTo(evaluations);
    assertThat(plan.questions()).isEqualTo(questions);
  }

  @Property
  void aBudgetIsNeverExceededAndBuysAllTheStartsItCan(
      @ForAll("stages") List<Stage> stages, @ForAll @IntRange(min = 1, max = 400) int budget) {
    SearchPlan plan;
    try {
      plan = SearchPlan.within(budget, STEPS, stages);
    } catch (IllegalArgumentException e) {
      int fewest = stages.isEmpty() ? 1 : stages.get(0).keep();
      assertThat(new SearchPlan(STEPS, fewest, stages).evaluations()).isGreaterThan(budget);
      return;
    }
    assertThat(plan.evaluations()).isLessThanOrEqualTo(budget);
    assertThat(new SearchPlan(STEPS, plan.starts() + 1, stages).evaluations())
        .isGreaterThan(budget);
  }

  @Test
  void withoutStagesItIsBestOfN() {
    assertThat(SearchPlan.within(50, 8, List.of())).isEqualTo(SearchPlan.bestOf(8, 6));
    assertThat(SearchPlan.bestOf(8, 6).evaluations()).isEqualTo(48);
    assertThat(SearchPlan.bestOf(8, 6).questions()).isEqualTo(6);
  }

  @Test
  void aWorkedExample() {
    // 10 starts of 3; 4 kept: 1 step on, and from level 2: 2; 2 kept: 4 steps on, and 5.
    SearchPlan plan = new SearchPlan(8, 10, List.of(new Stage(3, 4, 2, 1), new Stage(4, 2, 2, 1)));
    assertThat(plan.evaluations(0)).isEqualTo(30);
    assertThat(plan.evaluations(1)).isEqualTo(4 * (1 + 2));
    assertThat(plan.evaluations(2)).isEqualTo(2 * (4 + 5));
    assertThat(plan.evaluations()).isEqualTo(60);
    assertThat(plan.questions()).isEqualTo(10 + 8 + 4);
  }

  @Test
  void whatCanNotBeIsNamed() {
    assertThatThrownBy(() -> new SearchPlan(6, 8, List.of(new Stage(6, 1, 1, 1))))
        .hasMessage("stages: 6 (expected: rising, 1 to 5 with 6 steps)");
    assertThatThrownBy(
            () -> new SearchPlan(6, 8, List.of(new Stage(3, 4, 1, 1), new Stage(3, 2, 1, 1))))
        .hasMessage("stages: 3 (expected: rising, 4 to 5 with 6 steps)");
    assertThatThrownBy(() -> new SearchPlan(6, 3, List.of(new Stage(3, 4, 1, 1))))
        .hasMessage("keep: 4 at level 3 (expected: at most 3, the candidates there)");
    assertThatThrownBy(() -> SearchPlan.within(17, 6, List.of(new Stage(3, 4, 1, 1))))
        .hasMessage(
            "budget: 17 network evaluations (expected: at least 24, for 4 starts and these stages)");
    assertThatThrownBy(() -> new Stage(3, 1, 2, 0))
        .hasMessage("back: 0 (expected: >= 1 with a branch of 2 or more)");
    assertThatThrownBy(() -> Stage.of(List.of(2, 3, 4), List.of(4, 2), List.of(1), List.of(1)))
        .hasMessage("keep: [4, 2] (expected: one value, or one for each of 3 stages)");
  }
}
