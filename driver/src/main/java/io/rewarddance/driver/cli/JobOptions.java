package io.rewarddance.driver.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Options of every command that does a job from a settings file. */
final class JobOptions {
  @Option(
      names = "--set",
      paramLabel = "a.b=c",
      description = "Overrides a setting; the value is read as YAML. Any number of times.")
  private List<String> sets = List.of();

  @Option(names = "--plain", description = "Plain lines, even on a terminal.")
  private boolean plain;

  /** Overrides {@code a.b=c}, in their order. */
  List<String> sets() {
    return sets;
  }

  JobSession session() {
    return new JobSession(plain);
  }
}
