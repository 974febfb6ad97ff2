package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.ConfigLoader;
import io.rewarddance.driver.config.Experiment;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.loop.Run;
import io.rewarddance.driver.loop.RunEngine;
import io.rewarddance.driver.loop.RunException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    description = "Starts a run from an experiment file.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 finished, 1 failed, 2 the experiment file can't be used,",
      "4 stopped before its end (resume goes on), 130 ended by Ctrl-C.",
      "",
      "Example: rewarddance run experiments/quickstart.yaml --set rollouts.group_size=8 --run wide"
    })
final class RunCommand implements Callable<Integer> {
  private final Supplier<RunEngine> engine;

  @Parameters(paramLabel = "FILE", description = "Experiment file (see docs/experiment-file.md).")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "a.b=c",
      description = "Overrides a setting; the value is read as YAML. Any number of times.")
  private List<String> sets = List.of();

  @Option(names = "--run", paramLabel = "NAME", description = "Overrides the name of the run.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "Overrides the seed.")
  private Optional<String> seed = Optional.empty();

  @Mixin private WatchOptions watch;

  RunCommand(Supplier<RunEngine> engine) {
    this.engine = engine;
  }

  @Override
  public Integer call() throws Exception {
    Experiment experiment = load();
    RunConfig config = experiment.config();
    RunEngine engine = this.engine.get();
    refuseExisting(config);
    watch.check();
    Run run;
    try {
      run = engine.create(config, experiment.yaml());
    } catch (RunException e) {
      throw Complaint.usage(e);
    }
    return new Session(engine, config, watch).execute(run, Optional.empty());
  }

  private Experiment load() throws Complaint {
    List<String> all = new ArrayList<>(sets);
    // Quoted: a run called 7 is a name all the same.
    name.ifPresent(value -> all.add("run='" + value.replace("'", "''") + "'"));
    seed.ifPresent(value -> all.add("seed=" + value));
    try {
      return new ConfigLoader().load(file, all);
    } catch (ConfigException e) {
      throw Complaint.usage(e);
    }
  }

  private static void refuseExisting(RunConfig config) throws Complaint {
    if (Files.exists(config.directory())) {
      throw Complaint.usage(
          "%s exists already.%n  rewarddance resume %s     goes on with it%n  --run NAME     starts another run beside it"
              .formatted(config.directory(), config.run()));
    }
  }
}
