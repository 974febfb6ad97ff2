package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.ConfigLoader;
import io.rewarddance.driver.config.ProjectRoot;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.doctor.Doctor;
import io.rewarddance.driver.doctor.Finding;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description = {
      "Looks at the machine: JDK, cores, memory, ports, disk, models, native libraries.",
      "Exit code 0 when a run can work, 1 when something has to be mended first."
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The experiment to be run (default: experiments/quickstart.yaml).")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--port", paramLabel = "N", description = "A port that has to be free, too.")
  private List<Integer> ports = List.of();

  @Override
  public Integer call() throws Complaint {
    Path quickstart = ProjectRoot.of(Path.of("")).resolve("experiments/quickstart.yaml");
    Optional<Path> chosen = file.or(() -> Optional.of(quickstart).filter(Files::isRegularFile));
    Optional<RunConfig> config = Optional.empty();
    if (chosen.isPresent()) {
      config = Optional.of(load(chosen.get()));
    }
    PrintWriter out = spec.commandLine().getOut();
    List<Finding> findings = new Doctor(ProbeCommand::command).look(config, ports);
    findings.forEach(finding -> print(out, finding));
    long problems = findings.stream().filter(f -> f.state() == Finding.State.PROBLEM).count();
    out.println();
    out.println(problems == 0 ? "A run can work here." : problems + " to be mended first.");
    return problems == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private static RunConfig load(Path file) throws Complaint {
    try {
      return new ConfigLoader().load(file, List.of()).config();
    } catch (ConfigException e) {
      throw Complaint.usage(e);
    }
  }

  private static void print(PrintWriter out, Finding finding) {
    out.printf("%-8s %-18s %s%n", finding.state(), finding.name(), finding.detail());
    if (!finding.advice().isEmpty()) {
      out.printf("%-27s -> %s%n", "", finding.advice());
    }
  }
}
