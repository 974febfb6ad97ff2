/** Ranking of candidates from pairwise answers, for Best-of-N references. */
package io.rewarddance.metrics.ranking;
