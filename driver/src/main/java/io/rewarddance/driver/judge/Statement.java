package io.rewarddance.driver.judge;

import io.rewarddance.rollout.YesProbability;

/**
 * One answer of a judge, with what it said.
 *
 * @param reason empty when it gave none
 */
public record Statement(YesProbability answer, String reason) {}
