package io.rewarddance.driver.paper.claim;

import io.rewarddance.metrics.stat.Bootstrap;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Mean difference of two arms over the seeds that both have. Its interval comes from drawing again
 * on two levels: seeds, and inside each the images of both arms.
 */
public final class Contrast {
  private Contrast() {}

  /**
   * The one minus the other, both shares of right images by seed.
   *
   * @param seed of the resampling
   */
  public static Optional<MeanInterval> ofShares(
      SortedMap<Long, MeanInterval> one, SortedMap<Long, MeanInterval> other, long seed) {
    return of(one, other, true, seed);
  }

  /** The one minus the other, both means of any kind by seed. */
  public static Optional<MeanInterval> ofMeans(
      SortedMap<Long, MeanInterval> one, SortedMap<Long, MeanInterval> other, long seed) {
    return of(one, other, false, seed);
  }

  private static Optional<MeanInterval> of(
      SortedMap<Long, MeanInterval> one,
      SortedMap<Long, MeanInterval> other,
      boolean shares,
      long seed) {
    List<Long> both = one.keySet().stream().filter(other::containsKey).toList();
    if (both.isEmpty()) {
      return Optional.empty();
    }
    double estimate =
        both.stream()
            .mapToDouble(key -> one.get(key).mean() - other.get(key).mean())
            .average()
            .orElseThrow();
    return new Bootstrap(seed)
        .interval(estimate, both.size(), chance -> again(one, other, both, shares, chance));
  }

  /** How many seeds both have. */
  public static int seeds(SortedMap<Long, MeanInterval> one, SortedMap<Long, MeanInterval> other) {
    return (int) one.keySet().stream().filter(other::containsKey).count();
  }

  private static double again(
      SortedMap<Long, MeanInterval> one,
      SortedMap<Long, MeanInterval> other,
      List<Long> seeds,
      boolean shares,
      Bootstrap.Chance chance) {
    double sum = 0;
    for (int unit : chance.units(seeds.size())) {
      long key = seeds.get(unit);
      sum += chance.mean(one.get(key), shares) - chance.mean(other.get(key), shares);
    }
    return sum / seeds.size();
  }
}
