package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.search.job.SearchRoles;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The models that take part in a search. */
final class SearchModels {
  @Option(names = "--generator", paramLabel = "M", description = "Default: the experiment file's.")
  private Optional<String> generator = Optional.empty();

  @Option(
      names = {"--judge", "--model"},
      paramLabel = "M",
      description = "The verifier (default: the experiment file's first judge).")
  private Optional<String> judge = Optional.empty();

  @Option(
      names = "--oracle",
      paramLabel = "M",
      description = "Measures what came of it, never steers (default: the experiment file's).")
  private Optional<String> oracle = Optional.empty();

  SearchRoles roles(Optional<RunConfig> config) throws Complaint {
    return new SearchRoles(
        generator
            .or(() -> config.map(c -> c.triton().generator()))
            .orElseThrow(() -> absent("--generator")),
        judge
            .or(() -> config.map(c -> c.judges().get(0).model()))
            .orElseThrow(() -> absent("--judge")),
        oracle.or(() -> config.flatMap(c -> c.triton().oracle())));
  }

  private static Complaint absent(String option) {
    return Complaint.usage(option + ": absent (expected without an experiment file)");
  }
}
