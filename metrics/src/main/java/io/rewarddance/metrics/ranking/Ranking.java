package io.rewarddance.metrics.ranking;

import java.util.Comparator;
import java.util.List;

/**
 * Candidates from best to worst; the same answers always give the same order.
 *
 * @param places best first
 */
public record Ranking(List<Place> places) {
  private static final Comparator<Place> ORDER =
      Comparator.comparingDouble(Place::share)
          .thenComparingDouble(Place::probability)
          .reversed()
          .thenComparingInt(Place::candidate);

  /**
   * A candidate's standing.
   *
   * @param candidate its index
   * @param wins meetings won, ties as half
   * @param meetings meetings with an answer
   * @param probability mean probability of being better, over its meetings; 0 for none
   */
  public record Place(int candidate, double wins, int meetings, double probability) {
    /** Share of meetings won; below every other for a candidate that met none. */
    double share() {
      return meetings == 0 ? -1 : wins / meetings;
    }
  }

  public Ranking {
    places = List.copyOf(places);
  }

  static Ranking of(List<Place> places) {
    return new Ranking(places.stream().sorted(ORDER).toList());
  }

  /**
   * Indices of the best {@code k}, best first.
   *
   * @throws IllegalArgumentException when there are fewer
   */
  public int[] top(int k) {
    check(k);
    return places.subList(0, k).stream().mapToInt(Place::candidate).toArray();
  }

  /** Indices of the worst {@code k}, best of them first. */
  public int[] bottom(int k) {
    check(k);
    return places.subList(places.size() - k, places.size()).stream()
        .mapToInt(Place::candidate)
        .toArray();
  }

  private void check(int k) {
    if (k < 0 || k > places.size()) {
      throw new IllegalArgumentException(
          "k: " + k + " (expected: 0 to " + places.size() + " candidates)");
    }
  }
}
