package io.rewarddance.driver.paper.claim;

import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.cell.ReferenceChoice;
import io.rewarddance.driver.paper.cell.Table;
import io.rewarddance.driver.paper.work.Measures;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Claims that one way of training ends higher than another. */
final class Comparisons {
  private final Evidence evidence;

  Comparisons(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Claim> claims() {
    return List.of(
        higher(
            "generative-beats-regressive",
            Table.PARADIGMS,
            "table 7",
            "A generative pointwise judge leads RL further than a regressive one.",
            "pointwise-generative",
            "pointwise-regressive"),
        higher(
            "pairwise-beats-pointwise",
            Table.PARADIGMS,
            "table 7",
            "A pairwise generative judge with references leads RL further than a pointwise one.",
            "pairwise-generative",
            "pointwise-generative"),
        higher(
            "best-beats-bottom",
            Table.REFERENCES,
            "table 8",
            "Best-of-16 references lead RL further than the worst of 16.",
            ReferenceChoice.BEST_OF_16.label(),
            ReferenceChoice.BOTTOM_OF_16.label()),
        higher(
            "more-candidates-are-better",
            Table.REFERENCES,
            "table 8",
            "The best two of 16 candidates lead RL further than any two.",
            ReferenceChoice.BEST_OF_16.label(),
            ReferenceChoice.BEST_OF_2.label()),
        higher(
            "reasons-help",
            Table.REASONS,
            "table 9",
            "A judge trained with reasons leads RL further than one without.",
            "with",
            "without"));
  }

  private Claim higher(
      String id, Table table, String source, String statement, String one, String other) {
    SortedMap<Long, MeanInterval> ones = gold(table, one);
    SortedMap<Long, MeanInterval> others = gold(table, other);
    Rule rule =
        Rule.difference("strict gold after RL, %s minus %s, paired by seed".formatted(one, other));
    return new Claim(
        id,
        Optional.of(table),
        source,
        statement,
        rule.words(),
        rule.on(Contrast.ofShares(ones, others, id.hashCode()), Contrast.seeds(ones, others)));
  }

  private SortedMap<Long, MeanInterval> gold(Table table, String arm) {
    return evidence.values(table, arm, CellKind.RUN, Measures.GOLD_AFTER);
  }
}
