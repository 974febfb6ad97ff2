package io.rewarddance.driver.paper.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.cell.CellGraph;
import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.cell.Profile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BudgetPlannerTest {
  private final List<Cell> cells = CellGraph.of(Profile.SHORT, List.of(7L, 11L, 23L));
  private final Costs costs = new Costs();

  private Plan plan(double budget) {
    return new BudgetPlanner(cells, budget, costs).plan(Set.of(), Set.of(), 0);
  }

  private static List<String> ids(List<Cell> cells) {
    return cells.stream().map(Cell::id).toList();
  }

  @Test
  void aLargeBudgetHoldsAll() {
    Plan plan = plan(1e9);
    assertThat(plan.fits()).isEqualTo(cells);
    assertThat(plan.leftOut()).isEmpty();
    assertThat(plan.seconds()).isEqualTo(cells.stream().mapToDouble(costs::of).sum());
  }

  @Test
  void theBudgetIsNotExceededAndNothingIsPlannedWithoutWhatItNeeds() {
    for (double budget : new double[] {0, 30, 200, 900, 2000}) {
      Plan plan = plan(budget);
      assertThat(plan.seconds()).isLessThanOrEqualTo(budget);
      assertThat(plan.each()).hasSameSizeAs(plan.fits());
      Set<String> fits = new HashSet<>(ids(plan.fits()));
      plan.fits().forEach(cell -> assertThat(fits).containsAll(cell.needs()));
      assertThat(plan.fits().size() + plan.leftOut().size()).isEqualTo(cells.size());
    }
  }

  @Test
  void whatIsDoneIsNotPlannedAgainAndItsTimeIsSpent() {
    Cell first = cells.get(0);
    Plan plan =
        new BudgetPlanner(cells, 900, costs).plan(Set.of(first.id()), Set.of(), costs.of(first));
    assertThat(plan.fits()).doesNotContain(first);
    assertThat(plan.seconds()).isLessThanOrEqualTo(900 - costs.of(first));
  }

  @Test
  void whatNeedsALostCellIsLeftOutAndTheOthersStay() {
    String lost = "judge/pairwise-generative-m-seed7";
    Plan plan = new BudgetPlanner(cells, 1e9, costs).plan(Set.of(), Set.of(lost), 0);
    assertThat(plan.leftOut()).isNotEmpty().allMatch(cell -> cell.needs().contains(lost));
    assertThat(ids(plan.fits())).contains("ladder/m-seed7", "references/best-2-of-2-seed11");
  }

  @Test
  void costsAreCorrectedByWhatCellsTookHere() {
    Cell run = cells.stream().filter(c -> c.kind() == CellKind.RUN).findFirst().orElseThrow();
    Cell judge = cells.stream().filter(c -> c.kind() == CellKind.JUDGE).findFirst().orElseThrow();
    double before = costs.of(run);
    double other = costs.of(judge);
    costs.took(run, 1000 * before);
    assertThat(costs.of(run)).as("within reason").isBetween(10 * before, 20.1 * before);
    assertThat(costs.of(judge)).as("the machine's word").isGreaterThan(other);
    costs.took(judge, other);
    assertThat(costs.of(judge)).as("its own kind's word").isBetween(0.9 * other, 1.1 * other);
  }
}
