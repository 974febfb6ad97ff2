package io.rewarddance.metrics.stat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/** Spearman's rank correlation, ties at their mean rank. */
public final class RankCorrelation {
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
}
