package io.rewarddance.driver.generate;

import io.rewarddance.rollout.Prompt;

/** One image to draw; the same draw by the same policy always gives the same image. */
public record Draw(Prompt prompt, long seed) {}
