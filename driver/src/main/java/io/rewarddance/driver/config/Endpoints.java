package io.rewarddance.driver.config;

/** The servers of {@code triton.endpoints}. */
final class Endpoints {
  private Endpoints() {}

  /** Whether the embedded server is meant; says so when others are meant as well. */
  static boolean embedded(Rules rules) {
    boolean embedded = rules.is("triton.endpoints[0]", "embedded");
    int count = rules.value("triton.endpoints").size();
    for (int i = 1; i < count; i++) {
      if (embedded || rules.is("triton.endpoints[" + i + "]", "embedded")) {
        rules.problem("triton.endpoints", "embedded alone, or host:port of each server");
        break;
      }
    }
    return embedded;
  }
}
