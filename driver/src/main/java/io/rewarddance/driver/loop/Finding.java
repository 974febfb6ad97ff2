package io.rewarddance.driver.loop;

/**
 * What the reward-hacking monitor saw.
 *
 * @param rule name of the rule
 * @param severity how bad
 * @param message what was seen
 * @param advice what to do
 * @param firstIteration first iteration of the window
 * @param lastIteration last iteration of the window
 */
public record Finding(
    String rule,
    Severity severity,
    String message,
    String advice,
    int firstIteration,
    int lastIteration) {
  /** How bad, from least to most. */
  public enum Severity {
    INFO,
    WARN,
    STOP
  }
}
