package io.rewarddance.metrics.stat;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Percentile bootstrap: what an estimate would have been had chance drawn other units. The same
 * seed gives the same interval.
 */
public final class Bootstrap {
  /** Resamples of an interval; its ends are then steady to about a fiftieth of its width. */
  public static final int RESAMPLES = 2000;

  /** With a smaller share of resamples that have a value there is no interval. */
  private static final double LEAST_DEFINED = 0.5;

  /** Variance of a count from which the normal distribution stands for the binomial one. */
  private static final double NORMAL_FROM = 9;

  private static final double TAIL = 100 * (1 - MeanInterval.LEVEL) / 2;

  private final RandomGenerator random;

  public Bootstrap(long seed) {
    this.random = new Well19937c(seed);
  }

  /** An estimate made again from resampled data. */
  @FunctionalInterface
  public interface Resample {
    /**
     * @param chance draws the resample
     * @return the estimate; NaN where such a sample has none, as a correlation of equal values
     */
    double estimate(Chance chance);
  }

  /** What a resample is drawn with. */
  public final class Chance {
    private Chance() {}

    /** Indices of n units drawn out of n with replacement. */
    public int[] units(int n) {
      int[] drawn = new int[n];
      for (int i = 0; i < n; i++) {
        drawn[i] = random.nextInt(n);
      }
      return drawn;
    }

    /**
     * The mean of a sample drawn again: of a share (0 to 1), its n yes/no values with replacement;
     * of another mean, by the normal distribution of its standard error.
     */
    public double mean(MeanInterval measured, boolean share) {
      if (!share) {
        return measured.mean() + random.nextGaussian() * measured.standardError();
      }
      double variance = measured.n() * measured.mean() * (1 - measured.mean());
      return variance < NORMAL_FROM
          ? (double) yes(measured) / measured.n()
          : measured.mean() + random.nextGaussian() * Math.sqrt(variance) / measured.n();
    }

    private int yes(MeanInterval measured) {
      int yes = 0;
      for (int i = 0; i < measured.n(); i++) {
        yes += random.nextDouble() < measured.mean() ? 1 : 0;
      }
      return yes;
    }
  }

  /**
   * The 95 % interval around an estimate.
   *
   * @param estimate of the data themselves
   * @param n units that it stands on
   * @return empty when the estimate, or that of half the resamples, has no value
   */
  public Optional<MeanInterval> interval(double estimate, int n, Resample resample) {
    Chance chance = new Chance();
    double[] values = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      values[i] = resample.estimate(chance);
    }
    double[] defined = Arrays.stream(values).filter(Double::isFinite).toArray();
    if (!Double.isFinite(estimate) || defined.length < LEAST_DEFINED * RESAMPLES) {
      return Optional.empty();
    }
    Percentile percentile = new Percentile();
    percentile.setData(defined);
    return Optional.of(
        new MeanInterval(
            estimate,
            Math.min(estimate, percentile.evaluate(TAIL)),
            Math.max(estimate, percentile.evaluate(100 - TAIL)),
            n));
  }
}
