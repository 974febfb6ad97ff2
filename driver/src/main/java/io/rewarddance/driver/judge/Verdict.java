package io.rewarddance.driver.judge;

import io.rewarddance.rollout.ImageGradient;
import io.rewarddance.rollout.YesProbability;
import java.util.Optional;

/**
 * What a judge says of an image.
 *
 * @param gradient of log P(yes) by the image, where it was asked for
 */
public record Verdict(YesProbability answer, Optional<ImageGradient> gradient) {}
