package io.rewarddance.driver.paper.work;

import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.plan.BudgetPlanner;
import io.rewarddance.driver.paper.plan.Costs;
import io.rewarddance.driver.paper.plan.Plan;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works through the cells that fit into the budget. What is done stays done: a cell whose inputs
 * haven't changed isn't done again, one that was interrupted goes on, one that failed is tried once
 * in every sitting, and the others don't wait for it.
 */
public final class Reproduction {
  private static final Logger LOG = LoggerFactory.getLogger(Reproduction.class);

  private final Layout layout;
  private final List<Cell> cells;
  private final double budget;
  private final CellRunner runner;
  private final ReproductionListener listener;
  private final Stopping stopping;
  private final Map<String, CellRecord> records = new TreeMap<>();
  private final Set<String> tried = new HashSet<>();

  /**
   * @param cells all, each after those it needs
   * @param budget seconds of all sittings together
   */
  public Reproduction(
      Layout layout,
      List<Cell> cells,
      double budget,
      CellRunner runner,
      ReproductionListener listener,
      Stopping stopping) {
    this.layout = layout;
    this.cells = List.copyOf(cells);
    this.budget = budget;
    this.runner = runner;
    this.listener = listener;
    this.stopping = stopping;
  }

  /** What earlier sittings left. */
  public Standing look() throws IOException {
    records.clear();
    for (Cell cell : cells) {
      Optional<CellRecord> record = file(cell).read();
      if (record.isPresent() && current(cell, record.get())) {
        records.put(cell.id(), record.get());
      }
    }
    return standing();
  }

  /** What would be done now. */
  public Plan plan() {
    Costs known = new Costs();
    for (Cell cell : cells) {
      Optional.ofNullable(records.get(cell.id()))
          .filter(CellRecord::isDone)
          .ifPresent(record -> known.took(cell, record.seconds()));
    }
    return planner(known).plan(done(), lost(), standing().seconds());
  }

  /**
   * Goes on until all is done that fits, or it is asked to stop.
   *
   * @throws IOException when what came of a cell can't be kept
   */
  public Standing run() throws IOException {
    look();
    listener.planned(standing(), plan());
    Plan plan = plan();
    while (!plan.fits().isEmpty() && !stopping.isAsked()) {
      Cell next = plan.fits().get(0);
      listener.started(next, plan.seconds());
      CellRecord record = work(next);
      tried.add(next.id());
      plan = plan();
      listener.finished(next, record, standing(), plan);
    }
    return standing();
  }

  public Standing standing() {
    return new Standing(cells, records);
  }

  private BudgetPlanner planner(Costs known) {
    return new BudgetPlanner(cells, budget, known);
  }

  private Set<String> done() {
    return standing().in(CellRecord.State.DONE);
  }

  private Set<String> lost() {
    Set<String> lost = new HashSet<>(standing().in(CellRecord.State.FAILED));
    lost.retainAll(tried);
    return lost;
  }

  /** Whether a record is of the cell as it is now; one whose inputs can't be told isn't. */
  private boolean current(Cell cell, CellRecord record) {
    try {
      return record.inputs().equals(inputs(cell));
    } catch (CellException e) {
      return false;
    }
  }

  /** Digest of the cell's own inputs and of what the cells that it needs made. */
  private String inputs(Cell cell) throws CellException {
    StringBuilder all = new StringBuilder(cell.id()).append('\n').append(runner.inputs(cell));
    for (String needed : cell.needs()) {
      String output =
          Optional.ofNullable(records.get(needed))
              .flatMap(CellRecord::numbers)
              .map(CellNumbers::output)
              .orElseThrow(
                  () ->
                      new CellException(
                          CellException.Reason.NEEDS, "needs " + needed + ", which isn't done"));
      all.append('\n').append(needed).append(' ').append(output);
    }
    return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private CellRecord work(Cell cell) throws IOException {
    long began = System.nanoTime();
    double before = 0;
    String inputs = "";
    CellRecord record;
    try {
      inputs = inputs(cell);
      before = prepare(cell, inputs);
      CellNumbers numbers = run(cell);
      record = CellRecord.done(cell.id(), inputs, before + since(began), numbers);
    } catch (CellException e) {
      double seconds = before + since(began);
      // One that stops of itself would stop again.
      record =
          e.reason() == CellException.Reason.STOPPED && stopping.isAsked()
              ? CellRecord.begun(cell.id(), inputs, seconds)
              : CellRecord.failed(cell.id(), inputs, seconds, e);
    }
    file(cell).write(record);
    records.put(cell.id(), record);
    return record;
  }

  /** A fault of the program costs one cell and not the others. */
  private CellNumbers run(Cell cell) throws CellException {
    try {
      return runner.run(cell, layout.cell(cell), watch(cell));
    } catch (RuntimeException | LinkageError e) {
      LOG.error("{}", cell.id(), e);
      throw new CellException(CellException.Reason.FAILED, "unexpected: " + e, e);
    }
  }

  /** Whatever other inputs left goes; seconds of earlier sittings with these stay. */
  private double prepare(Cell cell, String inputs) throws IOException {
    Optional<CellRecord> earlier =
        file(cell).read().filter(record -> record.inputs().equals(inputs));
    if (earlier.isEmpty() || earlier.get().state() == CellRecord.State.FAILED) {
      Trees.delete(layout.cell(cell));
    }
    double seconds = earlier.map(CellRecord::seconds).orElse(0.0);
    file(cell).write(CellRecord.begun(cell.id(), inputs, seconds));
    return seconds;
  }

  private CellWatch watch(Cell cell) {
    return new CellWatch() {
      @Override
      public void progress(String part, long done, long total) {
        listener.progress(cell, part, done, total);
      }

      @Override
      public void onStop(Runnable stop) {
        stopping.during(stop);
      }
    };
  }

  private CellFile file(Cell cell) {
    return new CellFile(layout.cell(cell));
  }

  private static double since(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
