package io.rewarddance.driver.search;

import java.util.ArrayList;
import java.util.List;

/** Makes many searches, a few in step at a time, and lets go of the pictures nobody asked for. */
public final class Searches {
  /** Bytes of answers held at once. */
  private static final long IN_STEP_BYTES = 64L << 20;

  private static final int MOST_IN_STEP = 16;

  private final PathSearch search;
  private final long imageBytes;
  private final int shown;

  /**
   * @param imageBytes of one drawn candidate with its state, roughly
   * @param shown how many of the first trees keep all their pictures
   */
  public Searches(PathSearch search, long imageBytes, int shown) {
    this.search = search;
    this.imageBytes = Math.max(1, imageBytes);
    this.shown = shown;
  }

  /** Every method on every task. */
  public Comparison run(List<Method> methods, List<Task> tasks) {
    List<Comparison.Result> results = new ArrayList<>();
    for (Method method : methods) {
      results.add(new Comparison.Result(method, run(method.plan(), tasks)));
    }
    return new Comparison(results);
  }

  private List<SearchTree> run(SearchPlan plan, List<Task> tasks) {
    long most = IN_STEP_BYTES / (imageBytes * plan.questions());
    int inStep = (int) Math.max(1, Math.min(MOST_IN_STEP, most));
    List<SearchTree> trees = new ArrayList<>();
    for (int from = 0; from < tasks.size(); from += inStep) {
      List<Task> some = tasks.subList(from, Math.min(from + inStep, tasks.size()));
      for (SearchTree tree : search.run(plan, some)) {
        trees.add(trees.size() < shown ? tree : tree.withoutImages());
      }
    }
    return trees;
  }
}
