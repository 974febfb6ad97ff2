package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.proto.training.JudgeUpdateResult.Bin;
import io.rewarddance.proto.training.JudgeUpdateResult.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects a judge's answers by domain. */
final class Scores {
  private static final int BINS = 10;

  private final SortedMap<String, Domain> domains = new TreeMap<>();

  /** What is counted of one domain. */
  private static final class Domain {
    int right;
    int ties;
    int total;
    double logLoss;
    final int[] counts = new int[BINS];
    final double[] sums = new double[BINS];
    final int[] preferred = new int[BINS];
  }

  /**
   * @param secondBetter the judge's probability that the second image is the better one
   * @param secondPreferred what the annotator said
   */
  void add(String name, double secondBetter, boolean secondPreferred) {
    Domain domain = domains.computeIfAbsent(name, none -> new Domain());
    double given = secondPreferred ? secondBetter : 1 - secondBetter;
    domain.total++;
    domain.right += given > 0.5 ? 1 : 0;
    domain.ties += given == 0.5 ? 1 : 0;
    domain.logLoss -= Math.log(Math.max(given, Double.MIN_NORMAL));
    int bin = Math.min(BINS - 1, (int) (secondBetter * BINS));
    domain.counts[bin]++;
    domain.sums[bin] += secondBetter;
    domain.preferred[bin] += secondPreferred ? 1 : 0;
  }

  SortedMap<String, Score> byDomain() {
    SortedMap<String, Score> scores = new TreeMap<>();
    domains.forEach(
        (name, domain) ->
            scores.put(
                name,
                new Score(
                    domain.right,
                    domain.ties,
                    domain.total,
                    domain.logLoss / domain.total,
                    bins(domain))));
    return scores;
  }

  private static List<Bin> bins(Domain domain) {
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      int count = domain.counts[b];
      bins.add(new Bin(count, count == 0 ? 0 : domain.sums[b] / count, domain.preferred[b]));
    }
    return bins;
  }
}
