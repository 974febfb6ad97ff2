package io.rewarddance.metrics.ranking;

import java.util.ArrayList;
import java.util.List;

/**
 * Candidates ranked by how many others they beat in pairwise questions, as RewardDance chooses its
 * references.
 */
public final class WinCount {
  private WinCount() {}

  /**
   * Ranks N candidates.
   *
   * <p>Two candidates meet once: where both orders were asked, the two answers are averaged. The
   * one with the greater probability wins; a tie gives each half. Order: share of meetings won
   * (which is the win count when all met), then mean probability of being better, then index.
   *
   * @param better {@code better[i][j]} = P(candidate i is better than candidate j), in [0, 1]; NaN
   *     where that wasn't asked or the judge failed; the diagonal is ignored
   */
  public static Ranking rank(double[][] better) {
    check(better);
    int n = better.length;
    double[] wins = new double[n];
    double[] probability = new double[n];
    int[] meetings = new int[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double lead = i == j ? Double.NaN : lead(better[i][j], better[j][i]);
        if (!Double.isNaN(lead)) {
          meetings[i]++;
          probability[i] += (1 + lead) / 2;
          wins[i] += lead > 0 ? 1 : lead == 0 ? 0.5 : 0;
        }
      }
    }
    List<Ranking.Place> places = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double mean = meetings[i] == 0 ? 0 : probability[i] / meetings[i];
      places.add(new Ranking.Place(i, wins[i], meetings[i], mean));
    }
    return Ranking.of(places);
  }

  /**
   * P(first is better) - P(second is better), from the two orders of asking; NaN when neither was
   * answered. Exactly the negative of the lead seen from the other side.
   */
  private static double lead(double forward, double backward) {
    if (Double.isNaN(backward)) {
      return 2 * forward - 1;
    }
    return Double.isNaN(forward) ? 1 - 2 * backward : forward - backward;
  }

  private static void check(double[][] better) {
    for (int i = 0; i < better.length; i++) {
      if (better[i].length != better.length) {
        throw new IllegalArgumentException(
            "better[" + i + "]: " + better[i].length + " values (expected: " + better.length + ")");
      }
      for (int j = 0; j < better.length; j++) {
        if (i != j && (better[i][j] < 0 || better[i][j] > 1)) {
          throw new IllegalArgumentException(
              "better[" + i + "][" + j + "]: " + better[i][j] + " (expected: in [0, 1], or NaN)");
        }
      }
    }
  }
}
