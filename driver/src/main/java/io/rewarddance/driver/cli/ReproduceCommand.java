package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.ProjectRoot;
import io.rewarddance.driver.console.PaperConsole;
import io.rewarddance.driver.console.Screen;
import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.loop.RunEngine;
import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.cell.CellGraph;
import io.rewarddance.driver.paper.cells.LocalCells;
import io.rewarddance.driver.paper.cells.World;
import io.rewarddance.driver.paper.claim.Claim;
import io.rewarddance.driver.paper.page.PaperFiles;
import io.rewarddance.driver.paper.plan.Plan;
import io.rewarddance.driver.paper.work.CellRecord;
import io.rewarddance.driver.paper.work.Chosen;
import io.rewarddance.driver.paper.work.Layout;
import io.rewarddance.driver.paper.work.OutLock;
import io.rewarddance.driver.paper.work.Reproduction;
import io.rewarddance.driver.paper.work.ReproductionListener;
import io.rewarddance.driver.paper.work.Standing;
import io.rewarddance.driver.paper.work.Stopping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "reproduce",
    description = "Repeats what others found.",
    mixinStandardHelpOptions = true)
final class ReproduceCommand implements Callable<Integer> {
  private ReproduceCommand() {}

  /** The command with its one subject. */
  static CommandLine of(Supplier<RunEngine> engine) {
    return new CommandLine(new ReproduceCommand()).addSubcommand(new Paper(engine));
  }

  @Override
  public Integer call() throws Complaint {
    throw Complaint.usage("reproduce what? (expected: paper)");
  }

  @Command(
      name = "paper",
      description = {
        "The RewardDance paper in miniature: its tables and figures in a small world of drawings, beside",
        "its own numbers, and for each finding whether it is reproduced. Ended or killed, the same command goes on."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Exit codes: 0 done (findings may be undecided), 1 a cell failed, 2 wrong input, 130 ended by Ctrl-C.",
        "",
        "Example: rewarddance reproduce paper --budget 3h"
      })
  static final class Paper implements Callable<Integer> {
    private final Supplier<RunEngine> engine;

    @Mixin private ReproduceOptions options;

    Paper(Supplier<RunEngine> engine) {
      this.engine = engine;
    }

    @Override
    public Integer call() throws Exception {
      Path root = ProjectRoot.of(Path.of(""));
      Layout layout = new Layout(options.out(root));
      Chosen chosen = options.chosen(layout);
      Screen screen = Screen.standard(options.plain);
      Stopping stopping = new Stopping();
      List<Cell> cells = CellGraph.of(chosen.profile(), chosen.seeds());
      Reproduction reproduction =
          new Reproduction(
              layout,
              cells,
              options.budget().toSeconds(),
              cells(root, layout),
              new Reporting(new PaperConsole(screen), layout, chosen),
              stopping);
      screen.print(
          Text.format(
              "profile %s, seeds %s, budget %s, %s",
              chosen.profile().label(),
              chosen.seeds(),
              Text.clock(options.budget()),
              layout.out()));
      if (options.dryRun) {
        Standing standing = reproduction.look();
        Plan plan = reproduction.plan();
        PaperConsole.cells(plan).forEach(screen::print);
        PaperConsole.plan(standing, plan).forEach(screen::print);
        return ExitCode.OK;
      }
      return work(reproduction, layout, chosen, screen, stopping);
    }

    private LocalCells cells(Path root, Layout layout) throws Complaint {
      try {
        return new LocalCells(new World(root, layout), engine.get());
      } catch (ConfigException e) {
        throw Complaint.usage(e);
      }
    }

    private static int work(
        Reproduction reproduction, Layout layout, Chosen chosen, Screen screen, Stopping stopping)
        throws Complaint, IOException {
      OutLock lock = lock(layout);
      RunLog log = RunLog.open(layout.out().resolve("reproduce.log"), screen);
      try (Interrupts interrupts = Interrupts.handledBy(signal -> end(screen, stopping))) {
        chosen.write(layout);
        Standing standing = reproduction.run();
        tell(screen, PaperFiles.write(layout, chosen, standing), layout);
        boolean failed = !standing.in(CellRecord.State.FAILED).isEmpty();
        return interrupts.exitCode().orElse(failed ? ExitCode.FAILED : ExitCode.OK);
      } finally {
        log.close();
        lock.close();
      }
    }

    private static OutLock lock(Layout layout) throws Complaint {
      try {
        return OutLock.take(layout);
      } catch (IOException e) {
        throw Complaint.usage(e);
      }
    }

    private static void end(Screen screen, Stopping stopping) {
      screen.print("ending; the same command goes on (once more ends at once)");
      stopping.ask();
    }

    private static void tell(Screen screen, List<Claim> claims, Layout layout) {
      for (Claim claim : claims) {
        screen.print(Text.format("%-26s %s", claim.ruling().verdict().words(), claim.statement()));
      }
      screen.print(layout.report().toString());
    }
  }

  /** Keeps the report up with the cells. */
  private record Reporting(PaperConsole console, Layout layout, Chosen chosen)
      implements ReproductionListener {
    @Override
    public void planned(Standing standing, Plan plan) {
      console.planned(standing, plan);
    }

    @Override
    public void started(Cell cell, double left) {
      console.started(cell, left);
    }

    @Override
    public void progress(Cell cell, String part, long done, long total) {
      console.progress(cell, part, done, total);
    }

    @Override
    public void finished(Cell cell, CellRecord record, Standing standing, Plan plan) {
      console.finished(cell, record, standing, plan);
      try {
        PaperFiles.write(layout, chosen, standing);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
