package io.rewarddance.driver.engine;

import io.rewarddance.driver.loop.MetricNames;
import io.rewarddance.proto.training.UpdateResult;
import java.util.SortedMap;
import java.util.TreeMap;

/** Metrics of an update, as its backend tells them. */
final class UpdateNumbers {
  private UpdateNumbers() {}

  static SortedMap<String, Double> of(UpdateResult result) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put(MetricNames.LOSS, result.loss());
    metrics.put(MetricNames.RATIO_MEAN, result.ratioMean());
    metrics.put(MetricNames.RATIO_DEVIATION, result.firstRatioDeviation());
    metrics.put(MetricNames.CLIP_LOW, result.clipFractionLow());
    metrics.put(MetricNames.CLIP_HIGH, result.clipFractionHigh());
    metrics.put(MetricNames.KL, result.kl());
    metrics.put(MetricNames.POLICY_DISTANCE, result.policyDistance());
    metrics.put(MetricNames.GRADIENT_NORM, result.gradientNorm());
    metrics.put(MetricNames.LEARNING_RATE, result.learningRate());
    return metrics;
  }
}
