/** Advantages, reward statistics, ranking and reward-hacking rules: pure functions, no I/O. */
package io.rewarddance.metrics;
