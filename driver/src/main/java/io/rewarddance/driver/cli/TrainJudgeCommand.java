package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.JudgeLoader;
import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.config.SettingsFile;
import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.judges.train.JudgeSummary;
import io.rewarddance.driver.judges.train.JudgeTraining;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "train-judge",
    description = {
      "Trains a judge on preference files, publishes it as a Triton model and proves it through gRPC.",
      "Started again it goes on where it was killed, and ends with the same weights."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 published, 1 failed, 2 settings or files can't be used, 130 ended by Ctrl-C.",
      "",
      "Example: rewarddance train-judge experiments/judges/pointwise-generative.yaml --set seed=8 --set judge=again"
    })
final class TrainJudgeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "Judge file (see docs/judges.md).")
  private Path file;

  @Mixin private JobOptions options = new JobOptions();

  @Override
  public Integer call() throws Complaint {
    SettingsFile<JudgeTrainingConfig> settings;
    try {
      settings = new JudgeLoader().load(file, options.sets());
    } catch (ConfigException e) {
      throw Complaint.usage(e);
    }
    JobSession session = options.session();
    JudgeSummary summary =
        session.execute((listener, control) -> JudgeTraining.run(settings, listener, control));
    double seconds = summary.seconds().values().stream().mapToDouble(Double::doubleValue).sum();
    session.print("report  " + summary.directory().resolve("report.html"));
    session.print("time    " + Text.clock(seconds));
    return ExitCode.OK;
  }
}
