package io.rewarddance.driver.cli;

import io.rewarddance.driver.console.SummaryText;
import io.rewarddance.driver.loop.RunEngine;
import io.rewarddance.driver.loop.RunException;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.report.ReportFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description = {
      "Makes report.html and summary.json again from a run's journal and files.",
      "Works for runs that go on, were stopped, failed or killed."
    },
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  private final Supplier<RunEngine> engine;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Run directory, or the name of a run in runs/.")
  private String run;

  ReportCommand(Supplier<RunEngine> engine) {
    this.engine = engine;
  }

  @Override
  public Integer call() throws Exception {
    Path directory = RunDirectories.find(run);
    RunHistory history;
    try {
      history =
          engine
              .get()
              .history(directory)
              .orElseThrow(
                  () -> new RunException(directory + ": the run never began; see run.log in it"));
    } catch (RunException e) {
      throw Complaint.usage(e);
    }
    ReportFiles.write(directory, history);
    var out = spec.commandLine().getOut();
    new SummaryText(RunSummary.of(history)).lines().forEach(out::println);
    return ExitCode.OK;
  }
}
