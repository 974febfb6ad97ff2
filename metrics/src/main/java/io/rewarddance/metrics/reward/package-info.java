/**
 * Statistics of rewards: spread within and between groups, sigma over a sliding window of
 * iterations, the judge's repeat noise, duplicate images.
 */
package io.rewarddance.metrics.reward;
