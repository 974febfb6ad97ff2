package io.rewarddance.driver.cli;

import io.rewarddance.driver.console.SummaryText;
import io.rewarddance.driver.loop.RunEngine;
import io.rewarddance.driver.loop.RunException;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.report.Compared;
import io.rewarddance.driver.report.ReportFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description = {
      "Makes report.html and summary.json again from a run's journal and files.",
      "Works for runs that go on, were stopped, failed or killed."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: rewarddance report quickstart --compare quickstart-triton"})
final class ReportCommand implements Callable<Integer> {
  /** As many as can be told apart by their colours. */
  private static final int MOST = 5;

  private final Supplier<RunEngine> engine;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Run directory, or the name of a run in runs/.")
  private String run;

  @Option(
      names = "--compare",
      paramLabel = "RUN",
      arity = "1..*",
      description =
          "Lay its curves over those of the first RUN, and say how far they differ; up to five.")
  private List<String> others = List.of();

  ReportCommand(Supplier<RunEngine> engine) {
    this.engine = engine;
  }

  @Override
  public Integer call() throws Exception {
    if (others.size() > MOST) {
      throw Complaint.usage("--compare: " + others.size() + " runs (expected: up to " + MOST + ")");
    }
    Compared own = read(run, List.of());
    List<Compared> compared = new ArrayList<>();
    for (String other : others) {
      compared.add(read(other, names(own, compared)));
    }
    List<String> verdicts = ReportFiles.write(own, compared);
    PrintWriter out = spec.commandLine().getOut();
    new SummaryText(RunSummary.of(own.history())).lines().forEach(out::println);
    verdicts.forEach(verdict -> out.println("compared     " + verdict));
    return ExitCode.OK;
  }

  private static List<String> names(Compared own, List<Compared> others) {
    List<String> names = new ArrayList<>(List.of(own.name()));
    others.forEach(other -> names.add(other.name()));
    return names;
  }

  /**
   * @param taken names of other runs; one of the same name goes by its directory
   */
  private Compared read(String run, List<String> taken) throws Complaint {
    Path directory = RunDirectories.find(run);
    try {
      RunHistory history =
          engine
              .get()
              .history(directory)
              .orElseThrow(
                  () -> new RunException(directory + ": the run never began; see run.log in it"));
      String name = history.plan().run();
      return new Compared(taken.contains(name) ? directory.toString() : name, directory, history);
    } catch (RunException e) {
      throw Complaint.usage(e);
    }
  }
}
