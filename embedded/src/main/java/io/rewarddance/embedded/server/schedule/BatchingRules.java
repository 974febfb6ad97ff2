package io.rewarddance.embedded.server.schedule;

import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelDynamicBatching;
import io.rewarddance.proto.triton.ModelInstanceGroup;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * How calls of one model are queued and batched.
 *
 * @param batches false: each call runs alone, whatever its batch size
 * @param preferredSizes rows at which a batch is sent at once
 * @param maxPreferred rows at which a batch stops growing
 * @param maxDelayNanos how long the oldest call waits for company
 * @param priorityLevels 0 for none
 * @param defaultPriority level of a call that names none, or one out of range
 * @param defaultPolicy policy of levels that have none of their own
 * @param policies by level
 * @param instances threads that form batches
 * @param ordered whether answers must come in the order of requests
 */
record BatchingRules(
    boolean batches,
    Set<Integer> preferredSizes,
    int maxPreferred,
    long maxDelayNanos,
    long priorityLevels,
    long defaultPriority,
    QueuePolicy defaultPolicy,
    Map<Long, QueuePolicy> policies,
    int instances,
    boolean ordered) {

  static BatchingRules of(ModelConfig config) {
    ModelDynamicBatching batching = config.getDynamicBatching();
    Set<Integer> preferred = Set.copyOf(batching.getPreferredBatchSizeList());
    int largest = preferred.stream().mapToInt(Integer::intValue).max().orElse(0);
    Map<Long, QueuePolicy> policies = new TreeMap<>();
    batching
        .getPriorityQueuePolicyMap()
        .forEach((level, policy) -> policies.put(level, QueuePolicy.of(policy)));
    return new BatchingRules(
        config.hasDynamicBatching() && config.getMaxBatchSize() > 0,
        preferred,
        Math.max(largest, 1),
        TimeUnit.MICROSECONDS.toNanos(batching.getMaxQueueDelayMicroseconds()),
        batching.getPriorityLevels(),
        batching.getDefaultPriorityLevel(),
        QueuePolicy.of(batching.getDefaultQueuePolicy()),
        policies,
        instances(config),
        batching.getPreserveOrdering());
  }

  /** One when answers must come in the order of requests: the simplest way to keep it. */
  private static int instances(ModelConfig config) {
    int count = config.getInstanceGroupList().stream().mapToInt(ModelInstanceGroup::getCount).sum();
    return config.getDynamicBatching().getPreserveOrdering() ? 1 : Math.max(1, count);
  }

  long level(long requested) {
    boolean named = requested >= 1 && requested <= priorityLevels;
    return named ? requested : defaultPriority;
  }

  QueuePolicy policy(long level) {
    return policies.getOrDefault(level, defaultPolicy);
  }
}
