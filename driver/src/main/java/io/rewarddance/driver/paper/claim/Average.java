package io.rewarddance.driver.paper.claim;

import io.rewarddance.metrics.stat.Bootstrap;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** An arm's mean over its seeds. */
public final class Average {
  /** Fixed: an average belongs to no claim. */
  private static final long SEED = 20250910;

  private Average() {}

  /**
   * The mean with a 95 % interval by drawing seeds again, and inside each its images; with one seed
   * it is the seed's own interval, which knows nothing of other seeds.
   *
   * @param shares whether the values are shares of right answers or images
   */
  public static Optional<MeanInterval> of(SortedMap<Long, MeanInterval> bySeed, boolean shares) {
    List<MeanInterval> all = List.copyOf(bySeed.values());
    if (all.size() < 2) {
      return all.stream().findFirst();
    }
    double mean = all.stream().mapToDouble(MeanInterval::mean).average().orElseThrow();
    return new Bootstrap(SEED).interval(mean, all.size(), chance -> again(all, shares, chance));
  }

  private static double again(List<MeanInterval> all, boolean shares, Bootstrap.Chance chance) {
    double sum = 0;
    for (int unit : chance.units(all.size())) {
      sum += chance.mean(all.get(unit), shares);
    }
    return sum / all.size();
  }
}
