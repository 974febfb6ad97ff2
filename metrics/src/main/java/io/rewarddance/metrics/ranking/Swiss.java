package io.rewarddance.metrics.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A Swiss tournament: in each round candidates of about equal standing meet, and no two meet twice.
 * R rounds cost at most {@code R * N / 2} meetings where a comparison of all costs {@code N * (N -
 * 1) / 2}; the few best and worst are found nearly as well, the middle is left vague. The same
 * answers always give the same pairs.
 */
public final class Swiss {
  private final double[][] better;

  /** A tournament in which nobody met yet. */
  public Swiss(int candidates) {
    if (candidates < 1) {
      throw new IllegalArgumentException("candidates: " + candidates + " (expected: >= 1)");
    }
    better = new double[candidates][candidates];
    for (double[] row : better) {
      Arrays.fill(row, Double.NaN);
    }
  }

  /** Two candidates that meet. */
  public record Pair(int first, int second) {}

  /**
   * The next round: from the best downwards each candidate meets the next one in the ranking that
   * it hasn't met. Whoever finds nobody left sits out; empty when all have met.
   */
  public List<Pair> round() {
    List<Integer> waiting = new ArrayList<>();
    ranking().places().forEach(place -> waiting.add(place.candidate()));
    List<Pair> pairs = new ArrayList<>();
    while (!waiting.isEmpty()) {
      int one = waiting.remove(0);
      waiting.stream()
          .filter(other -> !met(one, other))
          .findFirst()
          .ifPresent(
              other -> {
                pairs.add(new Pair(one, other));
                waiting.remove(other);
              });
    }
    return pairs;
  }

  /**
   * The two answers of a meeting, one for each order of asking.
   *
   * @param firstBetter P(first is better than second), in [0, 1]
   * @param secondBetter P(second is better than first), in [0, 1]
   */
  public void met(Pair pair, double firstBetter, double secondBetter) {
    better[pair.first()][pair.second()] = firstBetter;
    better[pair.second()][pair.first()] = secondBetter;
  }

  /**
   * By share of meetings won; equals by the wins of those whom they met (Buchholz), since who wins
   * meets winners; then as {@link WinCount} has it.
   */
  public Ranking ranking() {
    Ranking plain = WinCount.rank(better);
    double[] wins = new double[better.length];
    plain.places().forEach(place -> wins[place.candidate()] = place.wins());
    Comparator<Ranking.Place> order =
        Comparator.comparingDouble(Ranking.Place::share)
            .thenComparingDouble(place -> strength(place.candidate(), wins))
            .reversed();
    // The sort is stable: equal ones stay in the order of the win count.
    return new Ranking(plain.places().stream().sorted(order).toList());
  }

  private double strength(int candidate, double[] wins) {
    return IntStream.range(0, better.length)
        .filter(other -> other != candidate && met(candidate, other))
        .mapToDouble(other -> wins[other])
        .sum();
  }

  private boolean met(int one, int other) {
    return !Double.isNaN(better[one][other]);
  }
}
