package io.rewarddance.driver.dashboard;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rewarddance.driver.feed.RunFeed;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.RunControl;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A run as Prometheus sees it: {@code rewarddance_metric{name="p_yes"}} and so on for the last
 * iteration, counts and stage seconds summed up over the run.
 */
final class PrometheusNumbers {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RunFeed feed;
  private final Set<String> known = new HashSet<>();
  private int read;

  PrometheusNumbers(RunFeed feed, RunControl control) {
    this.feed = feed;
    Gauge.builder("rewarddance.iterations.done", feed, RunFeed::iterations)
        .description("Finished iterations")
        .register(registry);
    Gauge.builder("rewarddance.phase", control, c -> c.phase().ordinal())
        .description("0 starting, 1 running, 2 paused, 3 stopping, 4 finished, 5 stopped, 6 failed")
        .register(registry);
  }

  /** The text of a scrape; what happened since the last one is taken in first. */
  synchronized String scrape() {
    for (Optional<IterationRecord> record = feed.iteration(read);
        record.isPresent();
        record = feed.iteration(read)) {
      take(record.get());
      read++;
    }
    return registry.scrape();
  }

  private void take(IterationRecord record) {
    record.metrics().keySet().forEach(this::gauge);
    for (Map.Entry<String, Long> count : record.counts().entrySet()) {
      registry
          .counter("rewarddance.count", Tags.of("name", count.getKey()))
          .increment(count.getValue());
    }
    for (Map.Entry<String, Double> stage : record.seconds().entrySet()) {
      registry
          .counter("rewarddance.seconds", Tags.of("stage", stage.getKey()))
          .increment(stage.getValue());
    }
    record
        .findings()
        .forEach(
            finding ->
                registry
                    .counter(
                        "rewarddance.findings",
                        Tags.of("rule", finding.rule(), "severity", finding.severity().name()))
                    .increment());
  }

  private void gauge(String name) {
    if (!known.add(name)) {
      return;
    }
    Gauge.builder("rewarddance.metric", feed, f -> latest(f, name))
        .description("Numbers of the last iteration, by the names of docs/metrics.md")
        .tag("name", name)
        .register(registry);
  }

  private static double latest(RunFeed feed, String name) {
    return feed.last().map(record -> record.metrics().get(name)).orElse(Double.NaN);
  }
}
