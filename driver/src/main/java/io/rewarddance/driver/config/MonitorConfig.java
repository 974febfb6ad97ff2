package io.rewarddance.driver.config;

import io.rewarddance.metrics.hacking.Drift;
import java.util.Map;

/**
 * Reward-hacking monitor.
 *
 * @param window iterations that its rules and the sliding reward sigma look at
 * @param onStopFinding what a finding of severity STOP leads to
 * @param drawing in which direction a drawing metric of the oracle does harm, by its name; {@link
 *     Drift#EITHER} for those not named
 */
public record MonitorConfig(int window, OnStopFinding onStopFinding, Map<String, Drift> drawing) {
  public MonitorConfig {
    drawing = Map.copyOf(drawing);
    Check.atLeast("monitor.window", window, 2);
  }

  /** What a finding of severity STOP leads to. */
  public enum OnStopFinding {
    PAUSE,
    STOP,
    GO_ON
  }
}
