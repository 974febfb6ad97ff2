package io.rewarddance.driver.paper.cell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All cells of a reproduction in the order of their making: every table gets its first seed before
 * any gets its second, and a cell comes after those that it needs.
 */
public final class CellGraph {
  private final Map<String, Cell> cells = new LinkedHashMap<>();

  private CellGraph() {}

  /**
   * @param seeds one for each round, all different
   */
  public static List<Cell> of(Profile profile, List<Long> seeds) {
    CellGraph graph = new CellGraph();
    graph.add(JudgeCells.preferences(profile, seeds.get(0)));
    graph.add(JudgeCells.preferencesWithReasons(profile, seeds.get(0)));
    for (int round = 0; round < seeds.size(); round++) {
      graph.round(profile, round, seeds.get(round));
    }
    return graph.ordered();
  }

  private void round(Profile profile, int round, long seed) {
    JudgeCells judges = new JudgeCells(profile, round, seed);
    RunCells runs = new RunCells(profile, round, seed);
    for (Rung rung : middleFirst(profile.rungs())) {
      Cell judge = add(judges.pointwise(rung));
      add(runs.ladder(rung, judge));
      add(SearchCells.of(profile, round, seed, rung, judge));
    }
    Rung middle = RunCells.MIDDLE;
    Cell pointwise = judges.pointwise(middle);
    add(runs.paradigm("pointwise-regressive", add(judges.regressive(middle))));
    Cell pairwise = add(judges.pairwise(middle));
    for (ReferenceChoice choice : ReferenceChoice.values()) {
      add(runs.references(choice, pairwise));
    }
    add(runs.reasons(add(judges.reasons(middle))));
    for (Algorithm algorithm : Algorithm.values()) {
      if (algorithm != Algorithm.NFT) {
        add(runs.algorithm(algorithm, pointwise));
      }
    }
    add(runs.hacking(judges.pointwise(Rung.XS)));
  }

  /** Most tables are at the middle size, so its judge comes first. */
  private static List<Rung> middleFirst(List<Rung> rungs) {
    return rungs.stream()
        .sorted(Comparator.comparing((Rung rung) -> rung != RunCells.MIDDLE))
        .toList();
  }

  private Cell add(Cell cell) {
    if (cells.putIfAbsent(cell.id(), cell) != null) {
      throw new IllegalStateException(cell.id() + " twice");
    }
    return cell;
  }

  private List<Cell> ordered() {
    for (Cell cell : cells.values()) {
      for (String needed : cell.needs()) {
        if (!cells.containsKey(needed)) {
          throw new IllegalStateException(cell.id() + " needs " + needed + ", which isn't there");
        }
      }
    }
    return new ArrayList<>(cells.values());
  }
}
