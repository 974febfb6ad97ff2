package io.rewarddance.driver.triton;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Brings endpoints back that were taken out after a broken connection: each is asked whether it is
 * ready, on its control channel, until it says yes. Healthy endpoints are never probed: their own
 * traffic shows their health.
 */
final class HealthProbe {
  private static final long INTERVAL_MS = 500;
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final ScheduledExecutorService timer;

  HealthProbe(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** Takes the endpoint out until it answers. */
  void takeOut(Endpoint endpoint) {
    if (endpoint.isHealthy()) {
      endpoint.setHealthy(false);
      probeLater(endpoint);
    }
  }

  private void probeLater(Endpoint endpoint) {
    if (!timer.isShutdown()) {
      timer.schedule(() -> probe(endpoint), INTERVAL_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void probe(Endpoint endpoint) {
    new ModelControl(endpoint, DEADLINE)
        .ready()
        .whenComplete(
            (ready, failure) -> {
              if (failure == null && ready) {
                endpoint.setHealthy(true);
              } else {
                probeLater(endpoint);
              }
            });
  }
}
