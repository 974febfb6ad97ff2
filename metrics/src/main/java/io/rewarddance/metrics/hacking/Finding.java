package io.rewarddance.metrics.hacking;

/**
 * What a rule saw.
 *
 * @param rule name of the rule
 * @param severity how bad
 * @param message what was seen, in numbers
 * @param advice what to do
 * @param firstIteration first iteration that it rests on
 * @param lastIteration last iteration that it rests on
 */
public record Finding(
    String rule,
    Severity severity,
    String message,
    String advice,
    int firstIteration,
    int lastIteration) {}
