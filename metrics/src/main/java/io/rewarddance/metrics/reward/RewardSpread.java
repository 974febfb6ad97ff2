package io.rewarddance.metrics.reward;

import io.rewarddance.metrics.stat.Moments;
import io.rewarddance.metrics.stat.Values;
import java.util.List;

/**
 * Where the spread of an iteration's rewards lies. All deviations are of the population kind, so
 * that {@code sigma^2 = within^2 + between^2}.
 *
 * @param all moments of all rewards
 * @param within root of the mean variance inside groups, weighted by group size: what
 *     group-relative training learns from
 * @param between standard deviation of the groups' means, weighted by group size
 * @param groupSigma plain mean of the groups' standard deviations
 * @param zeroVarianceShare share of groups whose deviation is at most the tolerance: they teach
 *     nothing
 */
public record RewardSpread(
    Moments all, double within, double between, double groupSigma, double zeroVarianceShare) {
  /**
   * @param groups rewards of each group; at least one group, none empty
   * @param tolerance largest deviation that counts as none, e.g. the judge's repeat noise
   */
  public static RewardSpread of(List<double[]> groups, double tolerance) {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("groups: none (expected: at least one)");
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance: " + tolerance + " (expected: >= 0)");
    }
    List<Moments> moments =
        groups.stream().map(group -> Moments.of(Values.finite(group, "rewards", 1))).toList();
    Moments all = moments.stream().reduce(Moments.NONE, Moments::merge);
    double squaresWithin = moments.stream().mapToDouble(Moments::squares).sum();
    double squaresBetween = Math.max(0, all.squares() - squaresWithin);
    double zero = moments.stream().filter(group -> group.sigma() <= tolerance).count();
    return new RewardSpread(
        all,
        Math.sqrt(squaresWithin / all.n()),
        Math.sqrt(squaresBetween / all.n()),
        moments.stream().mapToDouble(Moments::sigma).average().orElseThrow(),
        zero / groups.size());
  }

  /** Standard deviation of all rewards. */
  public double sigma() {
    return all.sigma();
  }
}
