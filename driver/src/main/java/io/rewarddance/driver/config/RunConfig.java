package io.rewarddance.driver.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One run, completely. Paths are absolute; defaults have been filled in; every value has been
 * checked by itself (here and in the parts) and against the others (by the loader).
 *
 * @param run name of the run: letters, digits, {@code . _ -}
 * @param seed everything random derives from it
 * @param output directory of all runs; this one is {@link #directory()}
 * @param threads CPU threads for embedded models and training; 0 = one for each core
 * @param triton generator, oracle and how to reach them
 * @param judges at least one, names distinct
 * @param prompts prompt files
 * @param rollouts what is generated in each iteration
 * @param advantage how rewards become advantages
 * @param training backend and update settings
 * @param publish how a new policy reaches the generator
 * @param evaluate held-out evaluation before, during and after
 * @param policies what each class of failure leads to
 * @param monitor reward-hacking monitor
 * @param timeLimit the run ends after the iteration in which this is reached; none by default
 */
public record RunConfig(
    String run,
    long seed,
    Path output,
    int threads,
    TritonConfig triton,
    List<JudgeConfig> judges,
    PromptConfig prompts,
    RolloutConfig rollouts,
    AdvantageConfig advantage,
    TrainingConfig training,
    PublishConfig publish,
    EvaluateConfig evaluate,
    FailurePolicies policies,
    MonitorConfig monitor,
    Optional<Duration> timeLimit) {
  public RunConfig {
    Check.that(
        run.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
        "run",
        "'" + run + "'",
        "1 to 100 letters, digits, '.', '_' or '-', first a letter or digit");
    Check.atLeast("threads", threads, 0);
    judges = List.copyOf(judges);
    Check.atLeast("judges", judges.size(), 1);
    Check.that(
        judges.stream().map(JudgeConfig::name).distinct().count() == judges.size(),
        "judges[].name",
        judges.stream().map(JudgeConfig::name).toList(),
        "distinct names");
    timeLimit.ifPresent(limit -> Check.positive("time_limit", limit));
  }

  /** Where this run keeps everything: {@code output/run}. */
  public Path directory() {
    return output.resolve(run);
  }

  /** {@link #threads}, with 0 turned into the number of cores. */
  public int effectiveThreads() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
