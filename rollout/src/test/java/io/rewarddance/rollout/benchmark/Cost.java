package io.rewarddance.rollout.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Seconds by the clock and of the processor. */
record Cost(double seconds, double cpuSeconds) {
  static double median(List<Cost> costs, ToDoubleFunction<Cost> which) {
    return costs.stream().mapToDouble(which).sorted().skip(costs.size() / 2).findFirst().orElse(0);
  }
}
