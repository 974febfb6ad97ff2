package io.rewarddance.metrics.stat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/** Spearman's rank correlation, ties at their mean rank. */
public final class RankCorrelation {
  /** Variance of Fisher's z of a rank correlation is this over n - 3 (Fieller and others, 1957). */
  private static final double FIELLER = 1.06;

  /** Fewer pairs than this give a correlation no interval. */
  public static final int LEAST_PAIRS = 4;

  /** Where Fisher's z of a sample is cut off: it has no value at 1. */
  private static final double PERFECT = 0.99;

  private RankCorrelation() {}

  /**
   * @return in [-1, 1]; empty when there are fewer than two pairs or one side is constant
   */
  public static OptionalDouble spearman(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "b: " + b.length + " values (expected: " + a.length + ", as a)");
    }
    Values.finite(a, "a", 0);
    Values.finite(b, "b", 0);
    if (a.length < 2 || Values.allEqual(a) || Values.allEqual(b)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(new SpearmansCorrelation().correlation(a, b));
  }

  /**
   * Mean of the correlations inside groups: whether a judge orders the images of one prompt as gold
   * does, which is all that group-relative training uses. Groups without a correlation are left
   * out.
   */
  public static OptionalDouble withinGroups(List<double[]> a, List<double[]> b) {
    if (a.size() != b.size()) {
      throw new IllegalArgumentException(
          "b: " + b.size() + " groups (expected: " + a.size() + ", as a)");
    }
    return IntStream.range(0, a.size())
        .mapToObj(group -> spearman(a.get(group), b.get(group)))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average();
  }

  /**
   * A measured correlation with its 95 % interval, by Fisher's z.
   *
   * @param correlation in [-1, 1]
   * @param n how many pairs it stands on, at least {@link #LEAST_PAIRS}
   */
  public static MeanInterval interval(double correlation, int n) {
    if (!(Math.abs(correlation) <= 1) || n < LEAST_PAIRS) {
      throw new IllegalArgumentException(
          "correlation: " + correlation + " of " + n + " (expected: in [-1, 1], n >= 4)");
    }
    double half = MeanInterval.Z * standardError(n);
    double z = z(correlation);
    return new MeanInterval(
        correlation,
        Math.min(correlation, Math.tanh(z - half)),
        Math.max(correlation, Math.tanh(z + half)),
        n);
  }

  /**
   * How far two correlations of independent samples are apart, in standard errors of the difference
   * of their z; never negative.
   *
   * @param a as {@link #interval} makes them
   */
  public static double separation(MeanInterval a, MeanInterval b) {
    return Math.abs(z(a.mean()) - z(b.mean()))
        / Math.hypot(standardError(a.n()), standardError(b.n()));
  }

  private static double standardError(int n) {
    return Math.sqrt(FIELLER / (n - 3));
  }

  /** The inverse of tanh. */
  private static double z(double correlation) {
    double r = Math.max(-PERFECT, Math.min(PERFECT, correlation));
    return 0.5 * Math.log((1 + r) / (1 - r));
  }
}
