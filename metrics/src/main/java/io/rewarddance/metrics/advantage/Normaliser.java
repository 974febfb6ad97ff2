package io.rewarddance.metrics.advantage;

import io.rewarddance.metrics.stat.Values;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/** Centres and scales one reward, group by group. */
final class Normaliser {
  private final AdvantageSettings settings;

  Normaliser(AdvantageSettings settings) {
    this.settings = settings;
  }

  /**
   * (r - mean(group)) / scale, for each group; groups of equal rewards give exact zeros, and those
   * without any stay so.
   */
  List<double[]> normalise(List<double[]> groups) {
    double batchScale =
        settings.scale() == Scale.BATCH ? denominator(Values.flat(groups)) : Double.NaN;
    return groups.stream().map(group -> normaliseGroup(group, batchScale)).toList();
  }

  /** As {@link #normalise}, all groups taken as one. */
  List<double[]> normaliseBatch(List<double[]> groups) {
    double[] all = Values.flat(groups);
    double mean = StatUtils.mean(all);
    double scale = Values.allEqual(all) ? 1 : denominator(all);
    return groups.stream().map(group -> divided(group, mean, scale)).toList();
  }

  private double[] normaliseGroup(double[] rewards, double batchScale) {
    if (Values.allEqual(rewards)) {
      return new double[rewards.length];
    }
    double[] kept = trimmed(rewards);
    double mean = StatUtils.mean(kept);
    double scale =
        switch (settings.scale()) {
          case GROUP -> denominator(kept);
          case BATCH -> batchScale;
          case NONE -> 1;
        };
    return divided(rewards, mean, scale);
  }

  private static double[] divided(double[] values, double mean, double scale) {
    if (scale == 0) {
      // With neither floor nor epsilon, values trimmed to equal ones, or that differ by so little
      // that their squares vanish, have no unit.
      return new double[values.length];
    }
    return Arrays.stream(values).map(value -> (value - mean) / scale).toArray();
  }

  private double denominator(double[] values) {
    double std = Values.allEqual(values) ? 0 : settings.stdKind().of(values);
    return Math.max(std, settings.floor()) + settings.epsilon();
  }

  private double[] trimmed(double[] rewards) {
    int cut = (int) (settings.trim() * rewards.length);
    if (cut == 0) {
      return rewards;
    }
    double[] sorted = rewards.clone();
    Arrays.sort(sorted);
    return Arrays.copyOfRange(sorted, cut, sorted.length - cut);
  }
}
