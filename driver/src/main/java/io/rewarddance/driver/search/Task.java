package io.rewarddance.driver.search;

import io.rewarddance.rollout.Prompt;

/**
 * One search to be made.
 *
 * @param index its place among all; seeds come from it, so equal prompts are searched differently
 */
public record Task(int index, Prompt prompt) {}
