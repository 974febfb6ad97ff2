package io.rewarddance.embedded.server.lifecycle;

import io.rewarddance.embedded.server.schedule.Batcher;
import io.rewarddance.embedded.server.schedule.PendingCall;
import io.rewarddance.embedded.server.schedule.VersionStatistics;
import io.rewarddance.proto.triton.ModelConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A version that can answer. Every call in flight holds a lease, and so does the registry while the
 * version serves; the last one to go frees the model.
 */
public final class LoadedVersion {
  private final String name;
  private final long version;
  private final Batcher batcher;
  private final VersionStatistics statistics;
  private final Map<String, List<String>> labels;
  private final AtomicInteger leases = new AtomicInteger(1);
  private volatile ModelConfig config;
  private volatile Runnable whenIdle = () -> {};

  LoadedVersion(
      ModelConfig config,
      long version,
      Batcher batcher,
      VersionStatistics statistics,
      Map<String, List<String>> labels) {
    this.labels = Map.copyOf(labels);
    this.name = config.getName();
    this.version = version;
    this.config = config;
    this.batcher = batcher;
    this.statistics = statistics;
  }

  public String name() {
    return name;
  }

  public long version() {
    return version;
  }

  public ModelConfig config() {
    return config;
  }

  public VersionStatistics statistics() {
    return statistics;
  }

  /** Names of an output's classes, by index; none where the configuration has no label file. */
  public List<String> labels(String output) {
    return labels.getOrDefault(output, List.of());
  }

  /** For a change that needs no new model, as of the version policy. */
  void updateConfig(ModelConfig newConfig) {
    config = newConfig;
  }

  public void submit(PendingCall call, String logPrefix) {
    batcher.submit(call, logPrefix);
  }

  /** Only while the registry holds its own lease. */
  void acquire() {
    leases.incrementAndGet();
  }

  /** Gives a call's lease back. */
  public void release() {
    if (leases.decrementAndGet() == 0) {
      whenIdle.run();
    }
  }

  /** Gives the registry's lease back; {@code then} runs once no call is in flight. */
  void retire(Runnable then) {
    whenIdle = then;
    release();
  }

  void close() {
    batcher.close();
  }
}
