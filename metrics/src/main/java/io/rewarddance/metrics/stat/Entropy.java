package io.rewarddance.metrics.stat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Diversity of labels as Shannon entropy over its largest possible value. Labels below 0 are none.
 */
public final class Entropy {
  private Entropy() {}

  /**
   * H / ln n over the n labels that aren't negative: 0 when all are the same, 1 when all differ.
   * Needs no number of classes; compare only values of equal n.
   *
   * @return empty for fewer than two labels
   */
  public static OptionalDouble normalised(int... labels) {
    int[] valid = valid(labels);
    return normalised(valid, valid.length);
  }

  /**
   * H / ln(min(n, classes)): 1 when labels are as even as n labels of that many classes can be.
   *
   * @param classes at least 2
   * @return empty for fewer than two labels
   */
  public static OptionalDouble normalised(int[] labels, int classes) {
    int[] valid = valid(labels);
    if (valid.length < 2) {
      return OptionalDouble.empty();
    }
    if (classes < 2) {
      throw new IllegalArgumentException("classes: " + classes + " (expected: >= 2)");
    }
    double most = Math.log(Math.min(valid.length, classes));
    return OptionalDouble.of(Math.min(1, entropy(valid) / most));
  }

  /** Mean over the prompts that have a value, of {@link #normalised(int...)} by prompt. */
  public static OptionalDouble meanNormalised(List<int[]> labelsByPrompt) {
    return labelsByPrompt.stream()
        .map(Entropy::normalised)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average();
  }

  private static int[] valid(int[] labels) {
    return Arrays.stream(labels).filter(label -> label >= 0).toArray();
  }

  private static double entropy(int[] labels) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int label : labels) {
      counts.merge(label, 1, Integer::sum);
    }
    double sum = 0;
    for (int count : counts.values()) {
      double share = (double) count / labels.length;
      sum -= share * Math.log(share);
    }
    return Math.max(0, sum);
  }
}
