/**
 * Rewards to advantages, relative to a group of rollouts of one prompt. One settings record covers
 * the estimators of other systems; {@link io.rewarddance.metrics.advantage.Presets} names them.
 * Formulas are in {@code docs/metrics.md}.
 */
package io.rewarddance.metrics.advantage;
