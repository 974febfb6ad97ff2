package io.rewarddance.driver.generate;

import java.util.Optional;

/**
 * One image to take along a {@link Leg}.
 *
 * @param draw prompt, and the seed of all noise that is still to be drawn
 * @param latent the state to take up; empty = noise from the seed
 */
public record Departure(Draw draw, Optional<Latent> latent) {}
