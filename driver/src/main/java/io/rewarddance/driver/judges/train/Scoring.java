package io.rewarddance.driver.judges.train;

import io.rewarddance.metrics.stat.MeanInterval;
import io.rewarddance.proto.training.JudgeUpdateResult.Bin;
import io.rewarddance.proto.training.JudgeUpdateResult.Score;
import io.rewarddance.proto.training.JudgeUpdateResult.Validation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** From the backend's counts to numbers with intervals. */
final class Scoring {
  /** What the whole of a set is called among its domains. */
  static final String ALL = "all";

  private Scoring() {}

  /** Each domain, and the whole as {@link #ALL}. */
  static SortedMap<String, DomainScore> byDomain(Validation set) {
    SortedMap<String, DomainScore> scores = new TreeMap<>();
    set.domains().forEach((name, score) -> scores.put(name, of(score)));
    scores.put(ALL, of(whole(set)));
    return scores;
  }

  static DomainScore of(Score score) {
    MeanInterval accuracy = MeanInterval.wilson(score.right(), score.total());
    return new DomainScore(
        accuracy.mean(),
        accuracy.low(),
        accuracy.high(),
        score.total(),
        score.logLoss(),
        calibrationError(score));
  }

  /** All domains of a set as one. */
  static Score whole(Validation set) {
    Collection<Score> parts = set.domains().values();
    int right = parts.stream().mapToInt(Score::right).sum();
    int ties = parts.stream().mapToInt(Score::ties).sum();
    int total = parts.stream().mapToInt(Score::total).sum();
    double logLoss = parts.stream().mapToDouble(s -> s.logLoss() * s.total()).sum() / total;
    return new Score(right, ties, total, logLoss, bins(parts));
  }

  private static List<Bin> bins(Collection<Score> parts) {
    int most = parts.stream().mapToInt(part -> part.calibration().size()).max().orElse(0);
    List<Bin> merged = new ArrayList<>(most);
    for (int b = 0; b < most; b++) {
      int count = 0;
      int right = 0;
      double sum = 0;
      for (Score part : parts) {
        if (b < part.calibration().size()) {
          Bin bin = part.calibration().get(b);
          count += bin.count();
          right += bin.right();
          sum += bin.meanP() * bin.count();
        }
      }
      merged.add(new Bin(count, count == 0 ? 0 : sum / count, right));
    }
    return merged;
  }

  private static double calibrationError(Score score) {
    double error = 0;
    for (Bin bin : score.calibration()) {
      if (bin.count() > 0) {
        double share = (double) bin.right() / bin.count();
        error += Math.abs(share - bin.meanP()) * bin.count() / score.total();
      }
    }
    return error;
  }
}
