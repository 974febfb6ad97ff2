package io.rewarddance.driver.cli;

import io.rewarddance.driver.adhoc.AdHocModels;
import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.evaluate.Oracle;
import io.rewarddance.driver.generate.PathGenerator;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.search.Verifier;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** The models that take part in a search. */
final class SearchModels {
  private static final double MASS_FLOOR = 0.5;

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

  /** The models' names. */
  record Names(String generator, String judge, Optional<String> oracle) {
    Set<String> all() {
      Set<String> all = new TreeSet<>(List.of(generator, judge));
      oracle.ifPresent(all::add);
      return all;
    }
  }

  Names names(Optional<RunConfig> config) throws Complaint {
    return new Names(
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

  static PathGenerator generator(AdHocModels open, Names names) throws IOException {
    return new PathGenerator(open.describe(names.generator()), open.inference(), 1);
  }

  static Verifier verifier(AdHocModels open, Names names) throws IOException {
    JudgeConfig asked =
        new JudgeConfig(
            names.judge(),
            names.judge(),
            1,
            JudgeConfig.Question.POINTWISE,
            "",
            false,
            MASS_FLOOR,
            Optional.empty(),
            JudgeConfig.Transform.PROBABILITY);
    Optional<Oracle> measured = Optional.empty();
    if (names.oracle().isPresent()) {
      measured = Optional.of(new Oracle(open.describe(names.oracle().get()), open.inference()));
    }
    return new Verifier(new Judge(asked, open.describe(names.judge()), open.inference()), measured);
  }
}
