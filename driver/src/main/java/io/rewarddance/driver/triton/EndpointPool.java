package io.rewarddance.driver.triton;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Chooses who answers: the healthy endpoint with the fewest calls under way. When none is healthy
 * all are tried all the same, since a guess is better than a certain failure.
 */
final class EndpointPool implements AutoCloseable {
  private final List<Endpoint> endpoints;

  EndpointPool(List<Endpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
  }

  /**
   * @param avoid endpoints that failed this request already; used again only when no other is left
   */
  Endpoint choose(Set<Endpoint> avoid) {
    return endpoints.stream()
        .min(
            Comparator.comparing((Endpoint e) -> !e.isHealthy())
                .thenComparing(avoid::contains)
                .thenComparingInt(e -> e.outstanding().get()))
        .orElseThrow();
  }

  List<Endpoint> all() {
    return endpoints;
  }

  @Override
  public void close() {
    endpoints.forEach(Endpoint::close);
  }
}
