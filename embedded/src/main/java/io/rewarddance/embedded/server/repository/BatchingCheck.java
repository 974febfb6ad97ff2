package io.rewarddance.embedded.server.repository;

import static io.rewarddance.embedded.server.repository.ConfigCheck.refuse;

import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelDynamicBatching;
import io.rewarddance.proto.triton.ModelQueuePolicy;
import java.util.stream.Stream;

/** Triton's rules for the dynamic_batching part of a configuration. */
final class BatchingCheck {
  private BatchingCheck() {}

  static void check(ModelConfig config) {
    ModelDynamicBatching batching = config.getDynamicBatching();
    String ending = " for " + config.getName();
    for (int size : batching.getPreferredBatchSizeList()) {
      refuse(size <= 0, "dynamic batching preferred size must be positive" + ending);
      refuse(
          size > config.getMaxBatchSize(),
          "dynamic batching preferred size must be <= max batch size" + ending);
    }
    checkPriorities(batching, ending);
    if (batching.getPreserveOrdering()) {
      checkOrdering(batching, ending);
    }
  }

  private static void checkPriorities(ModelDynamicBatching batching, String ending) {
    long levels = batching.getPriorityLevels();
    if (levels == 0) {
      return;
    }
    refuse(
        !isLevel(batching.getDefaultPriorityLevel(), levels),
        "default priority level must be in range [1, " + levels + "]" + ending);
    refuse(
        !batching.getPriorityQueuePolicyMap().keySet().stream().allMatch(l -> isLevel(l, levels)),
        "priority queue policy must have priority level in range [1, " + levels + "]" + ending);
  }

  private static boolean isLevel(long level, long levels) {
    return level >= 1 && level <= levels;
  }

  private static void checkOrdering(ModelDynamicBatching batching, String ending) {
    refuse(
        batching.getPriorityLevels() > 1,
        "Only one priority level is allowed when 'preserve_ordering' is true" + ending);
    boolean delays =
        Stream.concat(
                Stream.of(batching.getDefaultQueuePolicy()),
                batching.getPriorityQueuePolicyMap().values().stream())
            .anyMatch(policy -> policy.getTimeoutAction() == ModelQueuePolicy.TimeoutAction.DELAY);
    refuse(
        delays,
        "Queue policy can not have DELAY as timeout action when 'preserve_ordering' is true"
            + ending);
  }
}
