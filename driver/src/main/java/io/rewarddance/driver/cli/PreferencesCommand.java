package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.PreferencesConfig;
import io.rewarddance.driver.config.PreferencesLoader;
import io.rewarddance.driver.config.SettingsFile;
import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.judges.collect.CollectionSummary;
import io.rewarddance.driver.judges.collect.PreferenceCollection;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "preferences",
    description = {
      "Collects preference files: generators draw, simulated annotators with an oracle's eyes prefer.",
      "Started again it goes on where it was killed, and ends with the same bytes."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 all files are there, 1 failed, 2 the settings can't be used, 130 ended by Ctrl-C.",
      "",
      "Example: rewarddance preferences experiments/preferences/shapes.yaml --set seed=8 --set name=again"
    })
final class PreferencesCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "Preferences file (see docs/judges.md).")
  private Path file;

  @Mixin private JobOptions options = new JobOptions();

  @Override
  public Integer call() throws Complaint {
    SettingsFile<PreferencesConfig> settings;
    try {
      settings = new PreferencesLoader().load(file, options.sets());
    } catch (ConfigException e) {
      throw Complaint.usage(e);
    }
    collect(settings, options.session());
    return ExitCode.OK;
  }

  /** Collects, or goes on with it. */
  static void collect(SettingsFile<PreferencesConfig> settings, JobSession session)
      throws Complaint {
    CollectionSummary summary =
        session.execute(
            (listener, control) -> PreferenceCollection.run(settings, listener, control));
    double seconds = summary.seconds().values().stream().mapToDouble(Double::doubleValue).sum();
    session.print(summary.directory() + "  " + Text.clock(seconds));
  }
}
