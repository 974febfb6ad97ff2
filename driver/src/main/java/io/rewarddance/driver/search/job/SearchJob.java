package io.rewarddance.driver.search.job;

import io.rewarddance.driver.adhoc.AdHocModels;
import io.rewarddance.driver.generate.PathGenerator;
import io.rewarddance.driver.plan.PromptOrder;
import io.rewarddance.driver.search.Comparison;
import io.rewarddance.driver.search.Method;
import io.rewarddance.driver.search.OnFailure;
import io.rewarddance.driver.search.PathSearch;
import io.rewarddance.driver.search.SearchPlan;
import io.rewarddance.driver.search.Searches;
import io.rewarddance.driver.search.Task;
import io.rewarddance.driver.search.page.SearchFiles;
import io.rewarddance.driver.search.page.SearchRecord;
import io.rewarddance.rollout.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Many searches with one plan, and what they leave.
 *
 * @param methods the search first, then what it is compared with
 * @param tasks what to draw
 * @param seed everything random comes from it
 * @param show searches whose trees are drawn
 */
public record SearchJob(
    SearchRoles roles,
    List<Method> methods,
    List<Task> tasks,
    long seed,
    OnFailure onFailure,
    int show) {
  public SearchJob {
    methods = List.copyOf(methods);
    tasks = List.copyOf(tasks);
  }

  /** The search, and where wanted best-of-N at the same budget and one plain image. */
  public static List<Method> methods(SearchPlan plan, int budget, boolean compare) {
    List<Method> methods = new ArrayList<>();
    methods.add(Method.search(plan));
    if (compare) {
      methods.add(Method.bestOf(plan.steps(), budget));
      methods.add(Method.plain(plan.steps()));
    }
    return methods;
  }

  /** So many searches; categories of prompts take turns. */
  public static List<Task> tasks(List<Prompt> prompts, int count, long seed) {
    PromptOrder order = new PromptOrder(prompts, seed);
    return IntStream.range(0, count).mapToObj(i -> new Task(i, order.at(i))).toList();
  }

  /**
   * Makes the searches and writes {@code search.html}, {@code search.json} and the answers.
   *
   * @param open models of at least {@link SearchRoles#all}
   * @param out directory
   */
  public Comparison run(AdHocModels open, Path out) throws IOException {
    PathGenerator painter = roles.painter(open);
    PathSearch search = new PathSearch(painter, roles.verifier(open), onFailure, seed);
    long bytes = painter.rowBytes(methods.get(0).plan().steps());
    Comparison comparison = new Searches(search, bytes, show).run(methods, tasks);
    SearchFiles.write(
        out,
        new SearchRecord(
            roles.generator(),
            roles.judge(),
            roles.oracle(),
            search.policy(),
            seed,
            onFailure,
            comparison),
        show);
    return comparison;
  }
}
