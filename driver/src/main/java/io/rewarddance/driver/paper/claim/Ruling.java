package io.rewarddance.driver.paper.claim;

import io.rewarddance.metrics.stat.MeanInterval;
import java.util.Optional;

/**
 * A verdict with what it rests on.
 *
 * @param measured the effect with its interval; its n counts the units resampled
 * @param seeds that it stands on
 * @param because in words
 */
public record Ruling(Verdict verdict, Optional<MeanInterval> measured, int seeds, String because) {}
