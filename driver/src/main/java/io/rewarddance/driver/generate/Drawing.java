package io.rewarddance.driver.generate;

import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Trajectory;

/** A drawn image with what its sampler recorded and who drew it. */
public record Drawing(Image image, Trajectory trajectory, PolicyRef policy) {}
