package io.rewarddance.driver.paper.cells;

import io.rewarddance.driver.loop.RunEngine;
import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.work.CellException;
import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.paper.work.CellRunner;
import io.rewarddance.driver.paper.work.CellWatch;
import java.nio.file.Path;

/** All kinds of cells, done in this process. */
public final class LocalCells implements CellRunner {
  private final Inputs inputs;
  private final RunCells runs;
  private final SearchCells searches;
  private final JudgeCells judges;

  public LocalCells(World world, RunEngine engine) {
    this.inputs = new Inputs(world);
    this.runs = new RunCells(world, engine);
    this.searches = new SearchCells(runs);
    this.judges = new JudgeCells(world);
  }

  @Override
  public String inputs(Cell cell) throws CellException {
    return inputs.of(cell);
  }

  @Override
  public CellNumbers run(Cell cell, Path directory, CellWatch watch) throws CellException {
    return switch (cell.kind()) {
      case PREFERENCES -> judges.collect(cell, directory, watch);
      case JUDGE -> judges.train(cell, directory, watch);
      case RUN -> runs.run(cell, directory, watch);
      case SEARCH -> searches.run(cell, directory);
    };
  }
}
