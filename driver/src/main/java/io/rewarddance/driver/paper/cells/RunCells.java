package io.rewarddance.driver.paper.cells;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.ConfigLoader;
import io.rewarddance.driver.config.Experiment;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.Run;
import io.rewarddance.driver.loop.RunEngine;
import io.rewarddance.driver.loop.RunException;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.RunPlan;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.work.CellException;
import io.rewarddance.driver.paper.work.CellException.Reason;
import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.paper.work.CellWatch;
import io.rewarddance.driver.report.ReportFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs, as {@code rewarddance run} and {@code resume} make them. */
final class RunCells {
  private final World world;
  private final RunEngine engine;

  RunCells(World world, RunEngine engine) {
    this.world = world;
    this.engine = engine;
  }

  CellNumbers run(Cell cell, Path directory, CellWatch watch) throws CellException {
    try {
      Experiment experiment = load(cell, directory);
      RunConfig config = experiment.config();
      if (!isFinished(config)) {
        sit(experiment, watch);
      }
      RunHistory history = engine.history(config.directory()).orElseThrow();
      ReportFiles.write(config.directory(), history);
      Leftovers.prune(config.directory(), history);
      return RunNumbers.of(history);
    } catch (ConfigException e) {
      throw new CellException(Reason.SETTINGS, e.getMessage(), e);
    } catch (RunException | IOException e) {
      throw new CellException(Reason.FAILED, e.getMessage(), e);
    }
  }

  /** The cell's settings over the template, kept beside its results as a file to be run by hand. */
  Experiment load(Cell cell, Path directory) throws ConfigException, IOException {
    world.prepareRepository();
    Experiment experiment =
        new ConfigLoader().load(world.template(cell.kind()), world.settings(cell));
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("experiment.yaml"), experiment.yaml());
    return experiment;
  }

  private boolean isFinished(RunConfig config) throws RunException {
    return Files.exists(config.directory())
        && engine
            .history(config.directory())
            .flatMap(RunHistory::end)
            .filter(end -> end.phase() == Phase.FINISHED)
            .isPresent();
  }

  private void sit(Experiment experiment, CellWatch watch)
      throws ConfigException, RunException, CellException {
    RunConfig config = experiment.config();
    Run run =
        Files.exists(config.directory())
            ? engine.resume(kept(config))
            : engine.create(config, experiment.yaml());
    watch.onStop(() -> run.control().stop("the reproduction was stopped"));
    RunSummary summary = run.execute(new Progress(watch));
    if (summary.phase() != Phase.FINISHED) {
      throw new CellException(
          summary.phase() == Phase.STOPPED ? Reason.STOPPED : Reason.FAILED, summary.reason());
    }
  }

  private static RunConfig kept(RunConfig config) throws ConfigException {
    return new ConfigLoader()
        .load(
            config.directory().resolve("config.yaml"), List.of("output='" + config.output() + "'"))
        .config();
  }

  /** Iterations as progress. */
  private static final class Progress implements RunListener {
    private final CellWatch watch;
    private Optional<RunPlan> plan = Optional.empty();

    Progress(CellWatch watch) {
      this.watch = watch;
    }

    @Override
    public void planned(RunPlan plan) {
      this.plan = Optional.of(plan);
    }

    @Override
    public void iterationFinished(IterationRecord record) {
      int total = plan.map(RunPlan::iterations).orElse(0);
      watch.progress("iteration", record.iteration() + 1, total);
    }
  }
}
