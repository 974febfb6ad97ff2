package io.rewarddance.driver.paper.work;

/** What a cell tells while it works, and where it hears that it shall stop. */
public interface CellWatch {
  /** A part of the work has come so far. */
  void progress(String part, long done, long total);

  /** Called once, from any thread, when the cell shall stop; at once when it shall already. */
  void onStop(Runnable stop);
}
