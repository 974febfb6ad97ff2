/** Measurements that are run by hand, through the scripts under {@code benchmarks/}. */
package io.rewarddance.embedded.benchmark;
