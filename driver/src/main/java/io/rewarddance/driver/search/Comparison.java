package io.rewarddance.driver.search;

import io.rewarddance.driver.evaluate.Gold;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Several methods on the same tasks. A task that one of them has no answer for is left out of all,
 * so that every number stands on the same tasks; no failure becomes a number. Pure.
 */
public final class Comparison {
  /**
   * What one method came to.
   *
   * @param trees one for each task, in order of the tasks
   */
  public record Result(Method method, List<SearchTree> trees) {
    public Result {
      trees = List.copyOf(trees);
    }
  }

  /**
   * One method in numbers, of the tasks that all have an answer for; means have 95 % intervals.
   *
   * @param evaluations mean network evaluations for each image
   * @param questions mean questions to the judge for each image
   * @param failures candidates without a score, over all tasks
   * @param goldStrict share of answers that the oracle accepts
   * @param gain paired difference of that share, the first method's less this one's
   */
  public record Row(
      Method method,
      double evaluations,
      double questions,
      int failures,
      Optional<MeanInterval> pYes,
      Optional<MeanInterval> goldStrict,
      Optional<MeanInterval> goldGraded,
      Optional<MeanInterval> gain) {}

  private final List<Result> results;
  private final List<Integer> answered;

  /**
   * @param results at least one; the others are compared with the first
   */
  public Comparison(List<Result> results) {
    this.results = List.copyOf(results);
    this.answered =
        IntStream.range(0, results.get(0).trees().size())
            .filter(i -> results.stream().allMatch(r -> r.trees().get(i).chosen().isPresent()))
            .boxed()
            .toList();
  }

  public List<Result> results() {
    return results;
  }

  /** Tasks that a method has no answer for. */
  public int leftOut() {
    return results.get(0).trees().size() - answered.size();
  }

  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Result result : results) {
      rows.add(row(result));
    }
    return rows;
  }

  private Row row(Result result) {
    double[] strict = gold(result, gold -> gold.strict() ? 1 : 0);
    double[] best = gold(results.get(0), gold -> gold.strict() ? 1 : 0);
    boolean other = result != results.get(0);
    return new Row(
        result.method(),
        mean(result.trees().stream().mapToInt(SearchTree::evaluations)),
        mean(result.trees().stream().mapToInt(SearchTree::questions)),
        result.trees().stream().mapToInt(SearchTree::failures).sum(),
        interval(chosen(result).stream().mapToDouble(n -> n.pYes().orElseThrow()).toArray()),
        share(strict),
        interval(gold(result, Gold::graded)),
        other && strict.length > 1
            ? Optional.of(MeanInterval.paired(strict, best))
            : Optional.empty());
  }

  private List<Node> chosen(Result result) {
    return answered.stream().map(i -> result.trees().get(i).chosen().orElseThrow()).toList();
  }

  /** Of every answer; empty without an oracle. */
  private double[] gold(Result result, ToDoubleFunction<Gold> value) {
    return chosen(result).stream().flatMap(n -> n.gold().stream()).mapToDouble(value).toArray();
  }

  private static double mean(IntStream values) {
    return values.average().orElse(0);
  }

  private static Optional<MeanInterval> share(double[] strict) {
    int accepted = (int) Arrays.stream(strict).sum();
    return strict.length == 0
        ? Optional.empty()
        : Optional.of(MeanInterval.wilson(accepted, strict.length));
  }

  /** One value is its own interval. */
  private static Optional<MeanInterval> interval(double[] values) {
    return switch (values.length) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(new MeanInterval(values[0], values[0], values[0], 1));
      default -> Optional.of(MeanInterval.student(values));
    };
  }
}
