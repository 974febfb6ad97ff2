/** Benchmarks of rollout files, run by the scripts under {@code benchmarks/}. */
package io.rewarddance.rollout.benchmark;
