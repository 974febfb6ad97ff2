package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.AnyLoader;
import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "validate",
    description = {
      "Checks an experiment, judge or preferences file and the files it points to; starts nothing.",
      "Names every problem with its line. Exit code 0 when it can be run, else 2."
    },
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "Settings file (see docs/experiment-file.md, docs/judges.md).")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "a.b=c",
      description = "Overrides a setting, as with run. Any number of times.")
  private List<String> sets = List.of();

  @Option(names = "--print", description = "Print all settings with defaults filled in.")
  private boolean print;

  @Override
  public Integer call() throws Complaint {
    SettingsFile<?> settings;
    try {
      settings = new AnyLoader().load(file, sets);
    } catch (ConfigException e) {
      throw Complaint.usage(e);
    }
    var out = spec.commandLine().getOut();
    out.println(print ? settings.yaml().stripTrailing() : file + ": fine");
    return ExitCode.OK;
  }
}
