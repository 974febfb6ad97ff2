/**
 * Estimates from samples: moments that merge, means with intervals, rank correlation, diversity.
 * Each says which estimator it is; formulas are in {@code docs/metrics.md}.
 */
package io.rewarddance.metrics.stat;
