package io.rewarddance.driver.triton;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Chooses who answers: the healthy endpoint that will be done first, judged by its calls under way
 * and by how long it takes for the model. When none is healthy all are tried all the same, since a
 * guess is better than a certain failure.
 */
final class EndpointPool implements AutoCloseable {
  /** An endpoint that never answered for a model gets its chance before the best that did. */
  private static final double BENEFIT_OF_THE_DOUBT = 0.75;

  /** Below it, what an endpoint has to do says more than how fast it is. */
  private static final double SHORTEST_NS = 1e6;

  private final List<Endpoint> endpoints;

  EndpointPool(List<Endpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
  }

  /**
   * @param avoid endpoints that failed this request already; used again only when no other is left
   */
  Endpoint choose(String model, Set<Endpoint> avoid) {
    if (endpoints.size() == 1) {
      return endpoints.get(0);
    }
    double unknown = BENEFIT_OF_THE_DOUBT * best(model);
    return endpoints.stream()
        .min(
            Comparator.comparing((Endpoint e) -> !e.isHealthy())
                .thenComparing(avoid::contains)
                .thenComparingDouble(e -> wait(e, model, unknown)))
        .orElseThrow();
  }

  private double best(String model) {
    return endpoints.stream()
        .flatMapToDouble(endpoint -> endpoint.times().expected(model).stream())
        .min()
        .orElse(0);
  }

  private static double wait(Endpoint endpoint, String model, double unknown) {
    double one = Math.max(endpoint.times().expected(model).orElse(unknown), SHORTEST_NS);
    return one * (endpoint.outstanding().get() + 1);
  }

  List<Endpoint> all() {
    return endpoints;
  }

  @Override
  public void close() {
    endpoints.forEach(Endpoint::close);
  }
}
