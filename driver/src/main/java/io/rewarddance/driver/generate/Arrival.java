package io.rewarddance.driver.generate;

import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.PolicyRef;

/**
 * Where a {@link Leg} ended.
 *
 * @param sample the sample, or, short of the schedule's end, the clean guess of the last step
 * @param latent the state, to be taken up again
 * @param sigma noise level of the state
 * @param policy who drew it
 */
public record Arrival(Pixels sample, Latent latent, float sigma, PolicyRef policy) {}
