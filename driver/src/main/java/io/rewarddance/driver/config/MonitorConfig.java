package io.rewarddance.driver.config;

/**
 * Reward-hacking monitor.
 *
 * @param window iterations that its rules and the sliding reward sigma look at
 * @param onStopFinding what a finding of severity STOP leads to
 */
public record MonitorConfig(int window, OnStopFinding onStopFinding) {
  public MonitorConfig {
    Check.atLeast("monitor.window", window, 2);
  }

  /** What a finding of severity STOP leads to. */
  public enum OnStopFinding {
    PAUSE,
    STOP,
    GO_ON
  }
}
