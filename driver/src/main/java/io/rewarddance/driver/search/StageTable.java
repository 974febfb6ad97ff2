package io.rewarddance.driver.search;

import io.rewarddance.driver.evaluate.Gold;
import io.rewarddance.rollout.YesProbability;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** What each round of several searches with one plan came to, over all their candidates. Pure. */
public final class StageTable {
  /**
   * One round.
   *
   * @param level at which candidates were looked at
   * @param sigma its noise level; empty when nothing could be drawn
   * @param evaluations network evaluations
   * @param pYes mean over candidates with an answer, and over those that went on
   * @param gold share that the oracle accepts, of the candidates that were drawn, and of those that
   *     went on; clean guesses are measured like images
   */
  public record Row(
      int round,
      int level,
      OptionalDouble sigma,
      int candidates,
      int kept,
      int failed,
      int evaluations,
      OptionalDouble pYes,
      OptionalDouble pYesKept,
      OptionalDouble gold,
      OptionalDouble goldKept) {}

  private StageTable() {}

  /**
   * @param trees at least one, all of one plan
   */
  public static List<Row> of(List<SearchTree> trees) {
    SearchPlan plan = trees.get(0).plan();
    List<Row> rows = new ArrayList<>();
    for (int round = 0; round < plan.rounds(); round++) {
      int which = round;
      rows.add(
          row(plan, round, trees.stream().flatMap(tree -> tree.round(which).stream()).toList()));
    }
    return rows;
  }

  private static Row row(SearchPlan plan, int round, List<Node> nodes) {
    Predicate<Node> all = node -> true;
    Predicate<Node> kept = node -> node.fate() == Fate.KEPT || node.fate() == Fate.CHOSEN;
    return new Row(
        round,
        plan.reached(round),
        nodes.stream().flatMap(n -> n.sigma().stream()).mapToDouble(Float::doubleValue).findFirst(),
        nodes.size(),
        (int) nodes.stream().filter(kept).count(),
        (int) nodes.stream().filter(node -> node.fate() == Fate.FAILED).count(),
        nodes.stream().mapToInt(node -> node.leg().evaluations()).sum(),
        pYes(nodes, all),
        pYes(nodes, kept),
        gold(nodes, all),
        gold(nodes, kept));
  }

  private static OptionalDouble pYes(List<Node> nodes, Predicate<Node> which) {
    return nodes.stream()
        .filter(which)
        .flatMap(node -> node.answer().value().stream())
        .mapToDouble(YesProbability::probability)
        .average();
  }

  private static OptionalDouble gold(List<Node> nodes, Predicate<Node> which) {
    return nodes.stream()
        .filter(which)
        .flatMap(node -> node.gold().stream())
        .mapToDouble(StageTable::accepted)
        .average();
  }

  private static double accepted(Gold gold) {
    return gold.strict() ? 1 : 0;
  }
}
