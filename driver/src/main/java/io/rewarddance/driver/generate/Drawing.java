package io.rewarddance.driver.generate;

import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Trajectory;

/** A drawn image or video with what its sampler recorded and who drew it. */
public record Drawing(Pixels sample, Trajectory trajectory, PolicyRef policy) {}
