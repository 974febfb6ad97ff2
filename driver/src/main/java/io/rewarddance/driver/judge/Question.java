package io.rewarddance.driver.judge;

import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Prompt;
import java.util.Optional;

/**
 * One question, one forward pass of the judge.
 *
 * @param reference present: is {@code image} better than it? Absent: does {@code image} match?
 */
public record Question(Prompt prompt, Image image, Optional<Image> reference) {}
