package io.rewarddance.driver.paper.work;

import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.cell.Table;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All cells and what is known of them.
 *
 * @param cells in their order
 * @param records by the cell's id; only of cells that were begun with their present inputs
 */
public record Standing(List<Cell> cells, Map<String, CellRecord> records) {
  public Standing {
    cells = List.copyOf(cells);
    records = Collections.unmodifiableMap(new TreeMap<>(records));
  }

  public Optional<CellRecord> record(Cell cell) {
    return Optional.ofNullable(records.get(cell.id()));
  }

  /** Numbers of a cell that is done. */
  public Optional<CellNumbers> numbers(Cell cell) {
    return record(cell).flatMap(CellRecord::numbers);
  }

  /** Ids of the cells in that state. */
  public Set<String> in(CellRecord.State state) {
    return records.values().stream()
        .filter(record -> record.state() == state)
        .map(CellRecord::id)
        .collect(Collectors.toSet());
  }

  /** Cells of a table. */
  public List<Cell> of(Table table) {
    return cells.stream().filter(cell -> cell.isPartOf(table)).toList();
  }

  /** Seconds that went into all of them. */
  public double seconds() {
    return records.values().stream().mapToDouble(CellRecord::seconds).sum();
  }
}
