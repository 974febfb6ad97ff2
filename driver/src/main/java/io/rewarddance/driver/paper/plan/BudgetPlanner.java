package io.rewarddance.driver.paper.plan;

import io.rewarddance.driver.paper.cell.Cell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses the cells that fit into what is left of a budget: in their order, so that a table's
 * second seed never takes the place of another's first. A cell that is too long leaves its place to
 * later ones.
 */
public final class BudgetPlanner {
  private final List<Cell> cells;
  private final double budget;
  private final Costs costs;

  /**
   * @param cells all, each after those it needs
   * @param budget seconds of everything together
   */
  public BudgetPlanner(List<Cell> cells, double budget, Costs costs) {
    this.cells = List.copyOf(cells);
    this.budget = budget;
    this.costs = costs;
  }

  /**
   * @param done ids of cells that are done
   * @param lost ids of cells that failed; what needs them can't be done either
   * @param spent seconds that went already
   */
  public Plan plan(Set<String> done, Set<String> lost, double spent) {
    Set<String> out = new HashSet<>(lost);
    List<Cell> fits = new ArrayList<>();
    List<Double> each = new ArrayList<>();
    List<Cell> leftOut = new ArrayList<>();
    double seconds = 0;
    for (Cell cell : cells) {
      if (done.contains(cell.id()) || lost.contains(cell.id())) {
        continue;
      }
      double own = costs.of(cell);
      if (spent + seconds + own > budget || cell.needs().stream().anyMatch(out::contains)) {
        out.add(cell.id());
        leftOut.add(cell);
      } else {
        fits.add(cell);
        each.add(own);
        seconds += own;
      }
    }
    return new Plan(fits, each, leftOut);
  }
}
