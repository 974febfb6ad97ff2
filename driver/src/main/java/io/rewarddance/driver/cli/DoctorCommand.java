package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.ConfigLoader;
import io.rewarddance.driver.config.ProjectRoot;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.doctor.Checkup;
import io.rewarddance.driver.doctor.CheckupJson;
import io.rewarddance.driver.doctor.Doctor;
import io.rewarddance.driver.doctor.Finding;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description = {
      "Looks at the machine: JDK, cores, memory, ports, disk, models, native libraries.",
      "With --endpoint at Tritons: what they are and serve, which model fits which contract, and",
      "what the others lack. With FILE at both, and whether the servers have its models.",
      "Exit code 0 when a run can work, 1 when something has to be mended first."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: rewarddance doctor --endpoint gpu-1:8001 --endpoint gpu-2:8001"})
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description =
          "The experiment to be run (default without --endpoint: experiments/quickstart.yaml).")
  private Optional<Path> file = Optional.empty();

  @Mixin private EndpointOptions servers;

  @Option(
      names = "--set",
      paramLabel = "a.b=c",
      description = "Overrides a setting of FILE, as with run. Any number of times.")
  private List<String> sets = List.of();

  @Option(names = "--port", paramLabel = "N", description = "A port that has to be free, too.")
  private List<Integer> ports = List.of();

  @Option(names = "--json", description = "For programs: all of it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Complaint {
    servers.check();
    Checkup checkup = look(new Doctor(ProbeCommand::command));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(CheckupJson.of(checkup));
    } else {
      checkup.findings().forEach(finding -> print(out, finding));
      out.println();
      out.println(verdict(checkup.problems()));
    }
    return checkup.problems() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private Checkup look(Doctor doctor) throws Complaint {
    if (file.isEmpty() && !servers.endpoints.isEmpty()) {
      if (!sets.isEmpty() || !ports.isEmpty()) {
        throw Complaint.usage("--set and --port go with FILE, not with --endpoint alone");
      }
      return doctor.look(servers.config());
    }
    Path quickstart = ProjectRoot.of(Path.of("")).resolve("experiments/quickstart.yaml");
    Optional<Path> chosen = file.or(() -> Optional.of(quickstart).filter(Files::isRegularFile));
    return doctor.look(
        chosen.isPresent() ? Optional.of(load(chosen.get())) : Optional.empty(), ports);
  }

  private RunConfig load(Path file) throws Complaint {
    List<String> all = new ArrayList<>(sets);
    all.addAll(servers.sets());
    try {
      return new ConfigLoader().load(file, all).config();
    } catch (ConfigException e) {
      throw Complaint.usage(e);
    }
  }

  private static String verdict(long problems) {
    return problems == 0 ? "A run can work here." : problems + " to be mended first.";
  }

  private static void print(PrintWriter out, Finding finding) {
    String[] lines = finding.detail().split("\n");
    out.printf("%-8s %-18s %s%n", finding.state(), finding.name(), lines[0]);
    for (int i = 1; i < lines.length; i++) {
      out.printf("%-27s %s%n", "", lines[i]);
    }
    if (!finding.advice().isEmpty()) {
      out.printf("%-27s -> %s%n", "", finding.advice());
    }
  }
}
