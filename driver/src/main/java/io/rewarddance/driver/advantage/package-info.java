/**
 * Step 6: groups become a training batch. The arithmetic is {@link
 * io.rewarddance.metrics.advantage.AdvantageEstimator}'s; here is only which rollouts are trained
 * on. Pure.
 */
package io.rewarddance.driver.advantage;
