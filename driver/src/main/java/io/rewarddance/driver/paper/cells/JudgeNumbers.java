package io.rewarddance.driver.paper.cells;

import io.rewarddance.driver.judges.collect.CollectionSummary;
import io.rewarddance.driver.judges.train.DomainScore;
import io.rewarddance.driver.judges.train.JudgeSummary;
import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.paper.work.Measures;
import io.rewarddance.metrics.stat.MeanInterval;
import io.rewarddance.rollout.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What collections and trainings say of themselves, as numbers of their cells. */
final class JudgeNumbers {
  private static final String IN_DOMAIN = "in-domain";
  private static final String SELECTION = "selection";

  /** The name of a set's pairs together, among its domains. */
  private static final String WHOLE = "all";

  private JudgeNumbers() {}

  static CellNumbers of(CollectionSummary summary) {
    SortedMap<String, MeanInterval> values = new TreeMap<>();
    StringBuilder digests = new StringBuilder();
    summary
        .sets()
        .forEach(
            (name, set) -> {
              values.put(Measures.PAIRS_OF + name, exact(set.pairs()));
              values.put(Measures.AGREEMENT_OF + name, exact(set.agreement()));
              digests.append(name).append(' ').append(set.sha256()).append('\n');
            });
    return new CellNumbers(
        values,
        new TreeMap<>(),
        new TreeMap<>(),
        summary.seconds(),
        Sha256.of(digests.toString().getBytes(StandardCharsets.UTF_8)));
  }

  static CellNumbers of(JudgeSummary summary) {
    SortedMap<String, MeanInterval> values = new TreeMap<>();
    summary
        .validation()
        .forEach((set, domains) -> values.put(Measures.ACCURACY_OF + set, all(domains)));
    DomainScore own = summary.validation().get(IN_DOMAIN).get(WHOLE);
    values.put(Measures.ACCURACY_IN, accuracy(own));
    values.put(Measures.CALIBRATION, exact(own.ece()));
    values.put(Measures.LOG_LOSS, exact(own.logLoss()));
    values.put(Measures.BEST_UPDATE, exact(summary.bestStep()));
    values.put(Measures.ACCURACY_OUT, outOfDomain(summary));
    SortedMap<String, String> notes = new TreeMap<>();
    notes.put("model", summary.model().getFileName().toString());
    SortedMap<String, List<CellNumbers.Point>> curves = new TreeMap<>();
    curves.put(Measures.SELECTION_LOSS, curve(summary.logLosses().get(SELECTION)));
    return new CellNumbers(values, curves, notes, summary.seconds(), summary.weightsDigest());
  }

  private static List<CellNumbers.Point> curve(List<Double> byUpdate) {
    List<CellNumbers.Point> points = new ArrayList<>();
    for (double y : byUpdate) {
      points.add(new CellNumbers.Point(points.size() + 1, y, y, y));
    }
    return points;
  }

  /** Pairs of all sets that are neither trained, chosen by, nor in domain. */
  private static MeanInterval outOfDomain(JudgeSummary summary) {
    int right = 0;
    int pairs = 0;
    for (Map.Entry<String, SortedMap<String, DomainScore>> set : summary.validation().entrySet()) {
      if (!set.getKey().equals(IN_DOMAIN) && !set.getKey().equals(SELECTION)) {
        DomainScore all = set.getValue().get(WHOLE);
        right += (int) Math.round(all.accuracy() * all.n());
        pairs += all.n();
      }
    }
    return MeanInterval.wilson(right, pairs);
  }

  private static MeanInterval all(SortedMap<String, DomainScore> domains) {
    return accuracy(domains.get(WHOLE));
  }

  private static MeanInterval accuracy(DomainScore score) {
    return MeanInterval.wilson((int) Math.round(score.accuracy() * score.n()), score.n());
  }

  private static MeanInterval exact(double value) {
    return new MeanInterval(value, value, value, 1);
  }
}
