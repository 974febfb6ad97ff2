/** Benchmarks of the driver, run by the scripts under {@code benchmarks/}. */
package io.rewarddance.driver.benchmark;
