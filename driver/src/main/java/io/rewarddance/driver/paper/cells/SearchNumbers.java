package io.rewarddance.driver.paper.cells;

import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.paper.work.Measures;
import io.rewarddance.driver.search.Comparison;
import io.rewarddance.driver.search.Node;
import io.rewarddance.driver.search.SearchTree;
import io.rewarddance.metrics.stat.MeanInterval;
import io.rewarddance.metrics.stat.RankCorrelation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a search measured beside best-of-N and plain images. */
final class SearchNumbers {
  private SearchNumbers() {}

  /**
   * @param comparison search, best-of-N and plain, in this order
   * @param output digest of its files
   */
  static CellNumbers of(Comparison comparison, String output) {
    SortedMap<String, MeanInterval> values = new TreeMap<>();
    List<Comparison.Row> rows = comparison.rows();
    rows.get(0).goldStrict().ifPresent(v -> values.put(Measures.GOLD_AFTER, v));
    rows.get(1).goldStrict().ifPresent(v -> values.put(Measures.GOLD_BEST_OF_N, v));
    rows.get(2).goldStrict().ifPresent(v -> values.put(Measures.GOLD_BEFORE, v));
    rows.get(0).pYes().ifPresent(v -> values.put(Measures.P_YES_AFTER, v));
    rankCorrelation(comparison.results().get(1).trees())
        .ifPresent(v -> values.put(Measures.RANK, v));
    return new CellNumbers(values, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), output);
  }

  /**
   * How far the judge orders the images of one prompt as graded gold does: the mean over prompts.
   * Prompts whose images are all alike to one of the two say nothing and are left out.
   *
   * @param trees of best-of-N: each is a group of plain images
   */
  static Optional<MeanInterval> rankCorrelation(List<SearchTree> trees) {
    double[] correlations =
        trees.stream()
            .map(SearchNumbers::correlation)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    return correlations.length < 2
        ? Optional.empty()
        : Optional.of(MeanInterval.student(correlations));
  }

  private static OptionalDouble correlation(SearchTree tree) {
    List<Node> nodes =
        tree.nodes().stream()
            .filter(node -> node.pYes().isPresent() && node.gold().isPresent())
            .toList();
    return RankCorrelation.spearman(
        nodes.stream().mapToDouble(node -> node.pYes().orElseThrow()).toArray(),
        nodes.stream().mapToDouble(node -> node.gold().orElseThrow().graded()).toArray());
  }
}
