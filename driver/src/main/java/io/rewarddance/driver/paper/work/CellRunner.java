package io.rewarddance.driver.paper.work;

import io.rewarddance.driver.paper.cell.Cell;
import java.nio.file.Path;

/** Does cells of one kind, or of all. */
public interface CellRunner {
  /**
   * Digest of everything but needed cells that the result follows from: settings, templates,
   * models, prompts.
   *
   * @throws CellException when something of that can't be read
   */
  String inputs(Cell cell) throws CellException;

  /**
   * Does the cell, or goes on with it.
   *
   * @param directory its own; holds what an earlier sitting with the same inputs left
   */
  CellNumbers run(Cell cell, Path directory, CellWatch watch) throws CellException;
}
