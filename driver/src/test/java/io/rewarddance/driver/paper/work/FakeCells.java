package io.rewarddance.driver.paper.work;

import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.metrics.stat.MeanInterval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Cells that take no time. */
public final class FakeCells implements CellRunner {
  /** Ids in the order in which they were done. */
  public final List<String> done = new ArrayList<>();

  final Map<String, String> inputs = new HashMap<>();
  final Set<String> failing = new HashSet<>();
  final Set<String> stopping = new HashSet<>();
  final Set<String> broken = new HashSet<>();
  Runnable inside = () -> {};
  private final Function<Cell, Map<String, MeanInterval>> values;

  /** Cells that measure nothing. */
  FakeCells() {
    this(cell -> Map.of());
  }

  public FakeCells(Function<Cell, Map<String, MeanInterval>> values) {
    this.values = values;
  }

  @Override
  public String inputs(Cell cell) {
    return inputs.getOrDefault(cell.id(), "as ever");
  }

  @Override
  public CellNumbers run(Cell cell, Path directory, CellWatch watch) throws CellException {
    boolean[] stopped = new boolean[1];
    watch.onStop(() -> stopped[0] = true);
    inside.run();
    if (stopped[0] || stopping.contains(cell.id())) {
      throw new CellException(CellException.Reason.STOPPED, "asked to");
    }
    if (failing.contains(cell.id())) {
      throw new CellException(CellException.Reason.FAILED, "out of paint");
    }
    if (broken.contains(cell.id())) {
      throw new IllegalStateException("a bug");
    }
    done.add(cell.id());
    return new CellNumbers(
        new TreeMap<>(values.apply(cell)),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        "output of " + cell.id() + " from " + inputs(cell));
  }
}
