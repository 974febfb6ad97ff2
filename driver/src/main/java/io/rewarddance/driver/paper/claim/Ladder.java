package io.rewarddance.driver.paper.claim;

import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.cell.Rung;
import io.rewarddance.driver.paper.cell.Table;
import io.rewarddance.driver.paper.work.Measures;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Claims about the size of judges. */
final class Ladder {
  private final Evidence evidence;

  Ladder(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    claims.add(
        growing(
            "accuracy-grows-with-size",
            "table 2, accuracy",
            "Judges are more accurate out of domain the larger they are.",
            "rank correlation of judge size and out-of-domain accuracy over (size, seed) cells",
            CellKind.JUDGE,
            Measures.ACCURACY_OUT));
    claims.add(
        growing(
            "rl-grows-with-size",
            "table 2, RL",
            "True alignment after RL grows with the size of the judge.",
            "rank correlation of judge size and strict gold after RL over (size, seed) cells",
            CellKind.RUN,
            Measures.GOLD_AFTER));
    claims.add(
        growing(
            "search-grows-with-size",
            "table 2, test-time search",
            "True alignment after search grows with the size of the judge that verifies.",
            "rank correlation of judge size and strict gold of the search's answers over (size, seed) cells",
            CellKind.SEARCH,
            Measures.GOLD_AFTER));
    claims.add(
        growing(
            "sigma-grows-with-size",
            "figures 5 and 6",
            "The reward varies more late in training under larger judges.",
            "rank correlation of judge size and late reward sigma over (size, seed) cells",
            CellKind.RUN,
            Measures.SIGMA_LATE));
    claims.add(predicts());
    claims.add(predictsBetter());
    claims.add(rankPredicts());
    return claims;
  }

  private Claim growing(
      String id, String source, String statement, String effect, CellKind kind, String measure) {
    List<Trend.Point> points = new ArrayList<>();
    for (Rung rung : Rung.values()) {
      evidence
          .values(Table.LADDER, rung.label(), kind, measure)
          .forEach((seed, v) -> points.add(new Trend.Point(seed, rung.ordinal(), v.mean())));
    }
    return decided(id, source, statement, effect, Trend.of(points, id.hashCode()), points);
  }

  private Claim predicts() {
    List<Trend.Point> points = against(CellKind.JUDGE, Measures.ACCURACY_OUT);
    String id = "out-of-domain-predicts";
    return decided(
        id,
        "table 2, text",
        "A judge's accuracy out of domain predicts the result of RL.",
        "rank correlation of out-of-domain accuracy and strict gold after RL over (size, seed) cells",
        Trend.of(points, id.hashCode()),
        points);
  }

  private Claim predictsBetter() {
    String id = "out-of-domain-predicts-better";
    List<Trend.Point> out = against(CellKind.JUDGE, Measures.ACCURACY_OUT);
    List<Trend.Point> in = against(CellKind.JUDGE, Measures.ACCURACY_IN);
    return decided(
        id,
        "table 2, text",
        "Accuracy out of domain predicts the result of RL better than accuracy in domain.",
        "difference of their rank correlations with strict gold after RL over (size, seed) cells",
        in.size() == out.size() ? Trend.difference(out, in, id.hashCode()) : Optional.empty(),
        out);
  }

  private Claim rankPredicts() {
    String id = "rank-correlation-predicts";
    List<Trend.Point> points = against(CellKind.SEARCH, Measures.RANK);
    return decided(
        id,
        "ours; the paper has no such number",
        "A judge's rank correlation with gold inside groups of generated images predicts the result of RL.",
        "rank correlation of both over (size, seed) cells",
        Trend.of(points, id.hashCode()),
        points);
  }

  /** A measure of judges or searches against gold after RL, by (size, seed). */
  List<Trend.Point> against(CellKind kind, String measure) {
    List<Trend.Point> points = new ArrayList<>();
    for (Rung rung : Rung.values()) {
      SortedMap<Long, MeanInterval> gold =
          evidence.values(Table.LADDER, rung.label(), CellKind.RUN, Measures.GOLD_AFTER);
      for (Map.Entry<Long, MeanInterval> x :
          evidence.values(Table.LADDER, rung.label(), kind, measure).entrySet()) {
        if (gold.containsKey(x.getKey())) {
          double y = gold.get(x.getKey()).mean();
          points.add(new Trend.Point(x.getKey(), x.getValue().mean(), y));
        }
      }
    }
    return points;
  }

  private static Claim decided(
      String id,
      String source,
      String statement,
      String effect,
      Optional<MeanInterval> measured,
      List<Trend.Point> points) {
    Rule rule = Rule.correlation(effect);
    return new Claim(
        id,
        Optional.of(Table.LADDER),
        source,
        statement,
        rule.words(),
        rule.on(measured, Trend.seeds(points)));
  }
}
