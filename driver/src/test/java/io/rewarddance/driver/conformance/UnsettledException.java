package io.rewarddance.driver.conformance;

/** A server whose versions don't come to rest. */
final class UnsettledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsettledException(String server, Object index) {
    super(server + " still loads or unloads: " + index);
  }
}
