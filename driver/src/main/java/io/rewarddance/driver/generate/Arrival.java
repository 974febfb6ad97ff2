package io.rewarddance.driver.generate;

import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.PolicyRef;

/**
 * Where a {@link Leg} ended.
 *
 * @param image the sample, or, short of the schedule's end, the clean guess of the last step
 * @param latent the state, to be taken up again
 * @param sigma noise level of the state
 * @param policy who drew it
 */
public record Arrival(Image image, Latent latent, float sigma, PolicyRef policy) {}
