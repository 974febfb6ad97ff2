package io.rewarddance.driver.paper.claim;

import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.cell.Role;
import io.rewarddance.driver.paper.cell.Table;
import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.paper.work.Standing;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Measurements of the cells that are done, by table, arm and seed. */
public final class Evidence {
  private final Standing standing;

  public Evidence(Standing standing) {
    this.standing = standing;
  }

  public Standing standing() {
    return standing;
  }

  /** All numbers of the arm's cells of a kind, by seed. */
  public SortedMap<Long, CellNumbers> cells(Table table, String arm, CellKind kind) {
    SortedMap<Long, CellNumbers> bySeed = new TreeMap<>();
    for (Cell cell : standing.cells()) {
      if (cell.kind() == kind && cell.roles().contains(new Role(table, arm))) {
        standing.numbers(cell).ifPresent(numbers -> bySeed.put(cell.seed(), numbers));
      }
    }
    return bySeed;
  }

  /** One measure of the arm's cells of a kind, by seed; cells without it are left out. */
  public SortedMap<Long, MeanInterval> values(
      Table table, String arm, CellKind kind, String measure) {
    SortedMap<Long, MeanInterval> bySeed = new TreeMap<>();
    cells(table, arm, kind)
        .forEach((seed, numbers) -> numbers.value(measure).ifPresent(v -> bySeed.put(seed, v)));
    return bySeed;
  }

  /** Arms of a table in the order of their cells. */
  public List<String> arms(Table table, CellKind kind) {
    return standing.cells().stream()
        .filter(cell -> cell.kind() == kind)
        .flatMap(cell -> cell.roles().stream())
        .filter(role -> role.table() == table)
        .map(Role::arm)
        .distinct()
        .toList();
  }
}
