package io.rewarddance.metrics.hacking;

/** How bad, from least to most. */
public enum Severity {
  /** Worth knowing. */
  INFO,
  /** Look at the samples before going on for long. */
  WARN,
  /** Going on makes the policy worse. */
  STOP
}
