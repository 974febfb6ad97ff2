package io.rewarddance.driver.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** What the client's threads have allocated and used of the processor: all but the server's. */
final class ClientThreads {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Of all client threads together. */
  record Use(long bytes, long cpuNanos) {}

  private record Count(long bytes, long cpuNanos) {}

  private final Map<Long, Count> before = counts();

  /** Since this was made. A thread that ended meanwhile isn't counted: gRPC's stay for a minute. */
  Use sinceThen() {
    long bytes = 0;
    long nanos = 0;
    Count none = new Count(0, 0);
    for (Map.Entry<Long, Count> entry : counts().entrySet()) {
      Count start = before.getOrDefault(entry.getKey(), none);
      bytes += entry.getValue().bytes() - start.bytes();
      nanos += entry.getValue().cpuNanos() - start.cpuNanos();
    }
    return new Use(bytes, nanos);
  }

  private static Map<Long, Count> counts() {
    Map<Long, Count> counts = new HashMap<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!thread.getName().startsWith(NullModels.THREADS)) {
        long id = thread.getId();
        counts.put(
            id, new Count(THREADS.getThreadAllocatedBytes(id), THREADS.getThreadCpuTime(id)));
      }
    }
    return counts;
  }
}
