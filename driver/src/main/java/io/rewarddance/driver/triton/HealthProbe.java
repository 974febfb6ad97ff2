package io.rewarddance.driver.triton;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Brings endpoints back that were taken out after a broken connection or a missed deadline: each is
 * asked whether it is ready, on its control channel, until it says yes. Healthy endpoints are never
 * probed: their own traffic shows their health.
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
    if (endpoint.takeOut()) {
      probeLater(endpoint);
    }
  }

  private void probeLater(Endpoint endpoint) {
    try {
      timer.schedule(() -> probe(endpoint), INTERVAL_MS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // The client is closed: nobody will ask the endpoint again.
    }
  }

  private void probe(Endpoint endpoint) {
    endpoint.reconnect();
    new ModelControl(endpoint, DEADLINE)
        .live()
        .whenComplete(
            (live, failure) -> {
              if (failure == null && live) {
                endpoint.bringBack();
              } else {
                probeLater(endpoint);
              }
            });
  }
}
