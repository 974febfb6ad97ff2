package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.JudgeLoader;
import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.config.SettingsFile;
import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.judges.train.JudgeSummary;
import io.rewarddance.driver.judges.train.JudgeTraining;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "train-judge",
    description = {
      "Trains judges on preference files, publishes each as a Triton model and proves it through gRPC.",
      "Started again it goes on where it was killed, and ends with the same weights."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "All files are checked before the first judge is trained. One that fails doesn't keep the next from its turn.",
      "Exit codes: 0 all published, 1 one failed, 2 settings or files can't be used, 130 ended by Ctrl-C.",
      "",
      "Examples: rewarddance train-judge experiments/judges/*.yaml",
      "          rewarddance train-judge experiments/judges/pointwise-generative.yaml --set seed=8 --set judge=again"
    })
final class TrainJudgeCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Judge files, one for each judge (see docs/judges.md).")
  private List<Path> files;

  @Mixin private JobOptions options = new JobOptions();

  @Override
  public Integer call() throws Complaint {
    List<SettingsFile<JudgeTrainingConfig>> all = load();
    JobSession session = options.session();
    List<String> failures = new ArrayList<>();
    for (SettingsFile<JudgeTrainingConfig> one : all) {
      try {
        train(one, session);
      } catch (Complaint e) {
        if (e.exitCode() != ExitCode.FAILED || all.size() == 1) {
          throw e;
        }
        failures.add(one.file() + ": " + e.getMessage());
        session.print("failed  " + e.getMessage());
      }
    }
    if (!failures.isEmpty()) {
      String head = failures.size() + " of " + all.size() + " judges failed";
      throw new Complaint(ExitCode.FAILED, head + "\n" + String.join("\n", failures), null);
    }
    return ExitCode.OK;
  }

  private List<SettingsFile<JudgeTrainingConfig>> load() throws Complaint {
    List<SettingsFile<JudgeTrainingConfig>> all = new ArrayList<>();
    Map<Path, Path> taken = new HashMap<>();
    for (Path file : files) {
      SettingsFile<JudgeTrainingConfig> settings;
      try {
        settings = new JudgeLoader().load(file, options.sets());
      } catch (ConfigException e) {
        throw Complaint.usage(e);
      }
      Path directory = settings.config().directory();
      Path other = taken.put(directory, file);
      if (other != null) {
        throw Complaint.usage(
            "%s and %s: both make %s (expected: a judge or output of its own for each file)"
                .formatted(other, file, directory));
      }
      all.add(settings);
    }
    return all;
  }

  /** Trains one judge, or goes on with it. */
  static void train(SettingsFile<JudgeTrainingConfig> settings, JobSession session)
      throws Complaint {
    JudgeSummary summary =
        session.execute((listener, control) -> JudgeTraining.run(settings, listener, control));
    double seconds = summary.seconds().values().stream().mapToDouble(Double::doubleValue).sum();
    session.print("report  " + summary.directory().resolve("report.html"));
    session.print("time    " + Text.clock(seconds));
  }
}
