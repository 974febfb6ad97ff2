package io.rewarddance.driver.cli;

import io.rewarddance.driver.search.SearchPlan;
import io.rewarddance.driver.search.Stage;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a search does and what it may cost. */
final class SearchPlanOptions {
  /** Network evaluations of as many plain images, when nothing else is said. */
  private static final int DEFAULT_IMAGES = 16;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Length of the schedule (default: evaluate.steps of the experiment file).")
  private Optional<Integer> steps = Optional.empty();

  @Option(
      names = "--budget",
      paramLabel = "NFE",
      description =
          "Most network evaluations for each image; buys starts (default: those of 16 plain images).")
  private Optional<Integer> budget = Optional.empty();

  @Option(names = "--starts", paramLabel = "N", description = "Paths from noise.")
  private Optional<Integer> starts = Optional.empty();

  @Option(
      names = "--stages",
      paramLabel = "LEVEL,...",
      split = ",",
      description = {
        "Levels (steps done) at which paths are looked at and pruned",
        "(default: after half and after two thirds of the steps)."
      })
  private List<Integer> stages = List.of();

  @Option(
      names = "--keep",
      paramLabel = "K,...",
      split = ",",
      defaultValue = "4,2",
      description =
          "Best candidates that go on, for all stages or each (default: ${DEFAULT-VALUE}).")
  private List<Integer> keep;

  @Option(
      names = "--branch",
      paramLabel = "B,...",
      split = ",",
      defaultValue = "2",
      description = {
        "Paths that each becomes: one undisturbed, the others noised again",
        "(default: ${DEFAULT-VALUE})."
      })
  private List<Integer> branch;

  @Option(
      names = "--back",
      paramLabel = "LEVELS,...",
      split = ",",
      defaultValue = "1",
      description = "Levels that the others are taken back up by (default: ${DEFAULT-VALUE}).")
  private List<Integer> back;

  /**
   * @param usual steps where the command line says none
   */
  SearchPlan plan(Optional<Integer> usual) throws Complaint {
    int length = steps.or(() -> usual).orElse(8);
    try {
      List<Stage> all = Stage.of(levels(length), keep, branch, back);
      if (starts.isEmpty()) {
        return SearchPlan.within(budget(length), length, all);
      }
      SearchPlan plan = new SearchPlan(length, starts.get(), all);
      if (budget.isPresent() && plan.evaluations() > budget.get()) {
        throw Complaint.usage(
            "--budget: %d (expected: at least %d, what these starts and stages cost)"
                .formatted(budget.get(), plan.evaluations()));
      }
      return plan;
    } catch (IllegalArgumentException e) {
      throw Complaint.usage(e);
    }
  }

  /** What every method may spend; a plan with starts of its own may spend what it costs. */
  int budget(SearchPlan plan) {
    return budget.orElse(starts.isPresent() ? plan.evaluations() : budget(plan.steps()));
  }

  private int budget(int length) {
    return budget.orElse(DEFAULT_IMAGES * length);
  }

  private List<Integer> levels(int length) {
    if (!stages.isEmpty()) {
      return stages;
    }
    return Stage.usualLevels(length);
  }
}
