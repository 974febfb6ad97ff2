package io.rewarddance.driver.paper.cell;

import java.util.List;

/** Searches by judges, before any training. */
final class SearchCells {
  /** Network evaluations of a plain image, by the template. */
  private static final int STEPS = 6;

  private SearchCells() {}

  static Cell of(Profile profile, int round, long seed, Rung rung, Cell judge) {
    Profile.Searching size = profile.searching();
    // The search, best-of-N at the same budget, and one plain image.
    double drawn = size.count() * (2.0 * size.budget() / STEPS + 1);
    double judged = size.count() * 3.5 * size.budget() / STEPS * JudgeCost.answer(rung);
    return new Cell(
        "search/" + rung.label() + "-seed" + seed,
        CellKind.SEARCH,
        List.of(new Role(Table.LADDER, rung.label())),
        round,
        seed,
        List.of(judge.id()),
        List.of(
            "run='search'",
            "output='" + Cell.CELL + "'",
            "seed=" + seed,
            "triton.repository='" + Cell.OUT + "/repository'",
            "judges=[{model: %s, name: judge, question: pointwise}]"
                .formatted(JudgeCells.model(judge))),
        drawn + judged,
        new Cell.Search(size.count(), size.budget()));
  }
}
