package io.rewarddance.driver.paper.work;

import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.plan.Plan;

/** Watches a reproduction; all calls but {@link #progress} come one after another. */
public interface ReproductionListener {
  /** Before the first cell: what is there already, and what is going to be done. */
  default void planned(Standing standing, Plan plan) {}

  /** A cell begins. */
  default void started(Cell cell, double estimate) {}

  /** The cell under way has come so far; from any thread. */
  default void progress(Cell cell, String part, long done, long total) {}

  /** A cell is done or failed; what is left follows. */
  default void finished(Cell cell, CellRecord record, Standing standing, Plan plan) {}
}
