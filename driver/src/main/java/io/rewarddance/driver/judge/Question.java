package io.rewarddance.driver.judge;

import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.Prompt;
import java.util.Optional;

/**
 * One question, one forward pass of the judge.
 *
 * @param reference present: is {@code sample} better than it? Absent: does {@code sample} match?
 */
public record Question(Prompt prompt, Pixels sample, Optional<Pixels> reference) {}
