package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.ConfigLoader;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.loop.Run;
import io.rewarddance.driver.loop.RunEngine;
import io.rewarddance.driver.loop.RunException;
import io.rewarddance.driver.loop.RunHistory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    description = {
      "Goes on with a run where its journal ends, whether it was stopped, failed or killed.",
      "It ends with the same weights as a run that was never interrupted.",
      "A judge's training or a collection of preferences goes on in the same way."
    },
    mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
  private final Supplier<RunEngine> engine;

  @Parameters(
      paramLabel = "RUN",
      description =
          "Directory of a run, of a judge's training or of preferences, or the name of a run in runs/.")
  private String run;

  @Mixin private WatchOptions watch;

  ResumeCommand(Supplier<RunEngine> engine) {
    this.engine = engine;
  }

  @Override
  public Integer call() throws Exception {
    Path directory = RunDirectories.find(run);
    Optional<KeptJob> job = KeptJob.in(directory);
    if (job.isPresent()) {
      watch.requireNone("no run but a job without a feed");
      job.get().goOn(new JobSession(watch.plain));
      return ExitCode.OK;
    }
    RunConfig config = config(directory);
    watch.check();
    RunEngine engine = this.engine.get();
    Run resumed;
    Optional<RunHistory> history;
    try {
      resumed = engine.resume(config);
      history = engine.history(directory);
    } catch (RunException e) {
      throw Complaint.usage(e);
    }
    return new Session(engine, config, watch).execute(resumed, history);
  }

  /** The kept settings, with the place where the directory is now. */
  private static RunConfig config(Path directory) throws Complaint {
    String output = directory.getParent().toString().replace("'", "''");
    RunConfig config;
    try {
      Path kept = directory.resolve("config.yaml");
      config = new ConfigLoader().load(kept, List.of("output='" + output + "'")).config();
    } catch (ConfigException e) {
      throw Complaint.usage(e);
    }
    if (!config.directory().equals(directory)) {
      throw Complaint.usage(
          directory
              + " holds the run "
              + config.run()
              + " (expected: a directory of that name; rename it back)");
    }
    return config;
  }
}
