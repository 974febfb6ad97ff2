package io.rewarddance.driver.cli;

import io.rewarddance.driver.adhoc.AdHocModels;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.model.ModelMismatchException;
import io.rewarddance.driver.prompt.PromptFile;
import io.rewarddance.driver.search.Comparison;
import io.rewarddance.driver.search.Method;
import io.rewarddance.driver.search.OnFailure;
import io.rewarddance.driver.search.SearchPlan;
import io.rewarddance.driver.search.SearchText;
import io.rewarddance.driver.search.SearchTree;
import io.rewarddance.driver.search.Task;
import io.rewarddance.driver.search.job.SearchJob;
import io.rewarddance.driver.search.job.SearchRoles;
import io.rewarddance.rollout.Prompt;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "search",
    description = {
      "Search over Paths: spends network evaluations on many unfinished images, follows those that a",
      "pointwise judge likes best, and leaves a picture of kept and pruned paths."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 done, 1 a search has no answer or no server answers, 2 wrong input.",
      "",
      "Example: rewarddance search --prompt \"two blue squares\" --budget 96 --compare"
    })
final class SearchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private What what;

  /** Either one prompt or many. */
  static final class What {
    @Option(names = "--prompt", paramLabel = "TEXT", description = "What to draw.")
    Optional<String> prompt = Optional.empty();

    @Option(
        names = "--prompts",
        paramLabel = "FILE",
        description = "Prompts to draw (JSON lines); categories take turns.")
    Optional<Path> file = Optional.empty();
  }

  @Option(
      names = "--n",
      paramLabel = "K",
      description = "Searches to make (default: one for each prompt).")
  private Optional<Integer> count = Optional.empty();

  @Mixin private SearchPlanOptions plans;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Everything random comes from it (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--compare",
      description = "Also draw one plain image, and the best of N at the same budget.")
  private boolean compare;

  @Option(
      names = "--on-failure",
      paramLabel = "prune|stop",
      defaultValue = "prune",
      description = {
        "What follows when a candidate can't be drawn or judged: it leaves the search without a",
        "score, or the search ends (default: ${DEFAULT-VALUE})."
      })
  private OnFailure onFailure;

  @Mixin private SearchModels roles;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "search",
      description = "For search.html, search.json and images/ (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--show",
      paramLabel = "K",
      defaultValue = "12",
      description = "Searches whose trees are drawn (default: ${DEFAULT-VALUE}).")
  private int show;

  @Mixin private ModelOptions models;

  @Override
  public Integer call() throws Complaint {
    models.load();
    SearchPlan plan = plans.plan(models.config().map(config -> config.evaluate().steps()));
    List<Task> tasks = tasks();
    SearchRoles asked = roles.roles(models.config());
    List<Method> methods = SearchJob.methods(plan, plans.budget(plan), compare);
    try (AdHocModels open = models.open(asked.all())) {
      return tell(new SearchJob(asked, methods, tasks, seed, onFailure, show).run(open, out));
    } catch (ModelMismatchException e) {
      throw Complaint.usage(e);
    } catch (StepFailedException | IOException e) {
      throw new Complaint(ExitCode.FAILED, e.getMessage(), e);
    }
  }

  private List<Task> tasks() throws Complaint {
    if (count.orElse(1) < 1 || show < 0) {
      throw Complaint.usage(
          "--n: " + count.orElse(1) + ", --show: " + show + " (expected: >= 1, >= 0)");
    }
    List<Prompt> prompts;
    try {
      prompts =
          what.file.isPresent()
              ? PromptFile.read(what.file.get(), List.of())
              : List.of(new Prompt(0, what.prompt.orElseThrow(), ""));
    } catch (IOException | IllegalArgumentException e) {
      throw Complaint.usage(e);
    }
    return SearchJob.tasks(prompts, count.orElse(prompts.size()), seed);
  }

  private int tell(Comparison comparison) {
    PrintWriter writer = spec.commandLine().getOut();
    List<SearchTree> trees = comparison.results().get(0).trees();
    SearchText.stages(trees).forEach(writer::println);
    writer.println();
    SearchText.comparison(comparison).forEach(writer::println);
    writer.println();
    List<SearchTree> unanswered = trees.stream().filter(t -> t.chosen().isEmpty()).toList();
    unanswered.forEach(
        tree -> writer.println(tree.task().prompt().text() + ": " + tree.failure().orElse("")));
    writer.println(out.resolve("search.html"));
    writer.flush();
    return unanswered.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }
}
