package io.rewarddance.driver.paper.page;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.work.CellRecord;
import io.rewarddance.driver.paper.work.Standing;
import io.rewarddance.driver.report.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Each cell: done, failed and why, interrupted, or not begun. */
final class CellTable {
  private final Standing standing;

  CellTable(Standing standing) {
    this.standing = standing;
  }

  String html() {
    List<List<String>> rows = new ArrayList<>();
    for (Cell cell : standing.cells()) {
      Optional<CellRecord> record = standing.record(cell);
      rows.add(
          List.of(
              "cells/" + cell.id(),
              cell.kind().command(),
              record.map(CellTable::state).orElse("not begun: undecided at this budget"),
              record.map(r -> Text.clock(r.seconds())).orElse("-"),
              record.flatMap(CellRecord::numbers).map(n -> Text.digest(n.output())).orElse("-")));
    }
    return Page.table(List.of("cell", "made by", "state", "time", "output"), rows);
  }

  private static String state(CellRecord record) {
    String state = record.state().name().toLowerCase(Locale.ROOT);
    return record
        .failure()
        .map(f -> state + " (" + f.reason().name().toLowerCase(Locale.ROOT) + "): " + f.message())
        .orElse(record.state() == CellRecord.State.BEGUN ? "interrupted" : state);
  }
}
