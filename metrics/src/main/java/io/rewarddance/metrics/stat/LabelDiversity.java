package io.rewarddance.metrics.stat;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** How much labels differ. Labels below 0 are none. */
public final class LabelDiversity {
  private LabelDiversity() {}

  /**
   * Share of the pairs of labels that differ: 1 - sum of c (c - 1) / (n (n - 1)) over the counts c
   * of each label. An unbiased estimate, for any n, of the probability that two further labels
   * differ (Gini-Simpson); an entropy of counts isn't, and its bias depends on n.
   *
   * @return in [0, 1]; empty for fewer than two labels
   */
  public static OptionalDouble differingPairs(int... labels) {
    int[] valid = Arrays.stream(labels).filter(label -> label >= 0).toArray();
    if (valid.length < 2) {
      return OptionalDouble.empty();
    }
    Map<Integer, Long> counts =
        Arrays.stream(valid)
            .boxed()
            .collect(Collectors.groupingBy(label -> label, Collectors.counting()));
    long equal = counts.values().stream().mapToLong(count -> count * (count - 1)).sum();
    return OptionalDouble.of(1 - (double) equal / ((long) valid.length * (valid.length - 1)));
  }
}
